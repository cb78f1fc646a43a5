# Interface strings, in Project Fluent.

skip-to-content = Skip to content
languages = Languages
navigation = Navigation
breadcrumb = You are here
nav-home = Home
nav-plans = Plans
plans-title = All plans
plans-description = The { $plans } plans on this site, by year.
nav-tasks = All tasks
nav-timeline = Timeline
nav-instruments = Instruments
nav-glossary = Glossary
nav-data = Data
as-of = “Days left” are counted from { $day }.
unofficial = The English text is an unofficial translation. The Chinese text prevails.
draft = Draft
list-comma = {", "}
colon = {": "}
full-stop = .
bracket = {" ("}
bracket-end = )

kind-annual-plan = Annual work plan
kind-key-points = Key points of work
kind-promotion-plan = Promotion plan

figure-tasks = { $n ->
    [one] task
   *[other] tasks
 }
figure-due = { $n ->
    [one] due date
   *[other] due dates
 }
figure-instruments = { $n ->
    [one] cited instrument
   *[other] cited instruments
 }
home-plans = Plans
home-next = Due next
home-pages = On this site
next-none = Nothing is due any more.
next-none-why = { $n ->
    [one] The one due date of these plans has
   *[other] All { $n } due dates of these plans have
 } passed, the last on { $day }. { $shown ->
    [0] These documents state no outcome.
    [one] For one of them, a later document shows something of what became of it{ $rest ->
        [0] .
       *[other] ; for the other { $rest }, these documents state no outcome.
     }
   *[other] For { $shown } of them, later documents show something of what became of them{ $rest ->
        [0] .
        [one] ; for the other one, these documents state no outcome.
       *[other] ; for the other { $rest }, these documents state no outcome.
     }
 }
next-never = These plans state no due date.
published-on = published { $day }

count-plans = { $n ->
    [one] one plan
   *[other] { $n } plans
}
count-tasks = { $n ->
    [one] { $n } task
   *[other] { $n } tasks
 }
count-dated = { $n } with a due date
count-ongoing = { $n } ongoing
count-due = { $n ->
    [one] { $n } item
   *[other] { $n } items
 }
count-citations = { $n ->
    [one] cited once
    [2] cited twice
   *[other] cited { $n } times
 }

fact-number = Document number
fact-issuer = Issuing body
fact-issued = Date of the document
fact-published = Date of publication
fact-tasks = Tasks
fact-follow = Follow
fact-source = Address of the source
not-stated = Not stated in the source

view = Show
view-original = Chinese original
view-both = Both
translation-missing = Not translated yet.
translation-stale = This paragraph changed after it was translated.
translation-unreviewed = The translation of this paragraph has not been reviewed yet.

contents = Contents
page-missing = This page has not been translated into English. The original is shown.
milestones = Reporting dates
milestone = Report
node-notice = Covering notice
node-preamble = Preamble
node-attachments = Attachments
plan-description = { $title }: full text and { $tasks ->
    [one] { $tasks } task
   *[other] { $tasks } tasks
 }.
task-page = Page of task { $number }

deadline = Deadline
deadline-quote = Original wording:{" "}
deadline-ongoing = Ongoing
deadline-day = by { $day }
deadline-month = by the end of { $month }
deadline-quarter = by the end of the { $quarter ->
    [1] first
    [2] second
    [3] third
   *[other] fourth
 } quarter of { $year }
deadline-half-year = by the end of the { $half ->
    [1] first
   *[other] second
 } half of { $year }
deadline-within-year = in the course of { $year }
deadline-year = by the end of { $year }
deadline-five-year = by the end of the Five-Year Plan period ({ $year })
deadline-before = before { $event }; no day stated
deadline-before-in = before { $event }, { $year }; no day stated
deadline-festival = before { $event } { $year } ({ $day }, by the calendar)
deadline-latest = { $when } at the latest
deadline-computed = { $when } (computed)
deadline-no-day = no day stated
occasion-new-year = New Year’s Day
occasion-spring-festival = the Spring Festival
occasion-lantern-festival = the Lantern Festival
occasion-qingming = the Qingming Festival
occasion-labour-day = Labour Day
occasion-childrens-day = Children’s Day
occasion-dragon-boat-festival = the Dragon Boat Festival
occasion-party-day = the anniversary of the Party’s founding
occasion-army-day = Army Day
occasion-mid-autumn-festival = the Mid-Autumn Festival
occasion-teachers-day = Teachers’ Day
occasion-national-day = National Day
occasion-double-ninth-festival = the Double Ninth Festival
occasion-winter-holiday = the winter holiday
occasion-spring-term = the spring term
occasion-two-sessions = the Two Sessions
occasion-spring-ploughing = spring ploughing
occasion-fire-season = the fire season
occasion-flood-season = the flood season
occasion-rainy-season = the rainy season
occasion-summer-harvest = the summer harvest
occasion-summer = summer
occasion-college-entrance-examination = the college entrance examination
occasion-main-flood-season = the main flood season
occasion-typhoon-season = the typhoon season
occasion-summer-holiday = the summer holiday
occasion-autumn-term = the autumn term
occasion-autumn-harvest = the autumn harvest
occasion-winter = winter
occasion-heating-season = the heating season
occasion-freeze = the ground freezes
occasion-winter-peak = the winter peak in demand
deadline-passed = date passed; outcome not stated in these documents
deadline-today = due today
deadline-days-left = { $days ->
    [one] { $days } day left
   *[other] { $days } days left
 }
then-ongoing = and continued thereafter
due-before-publication = The due date lies before the publication of the plan ({ $day }).

targets = Quantitative targets
target-original = original:{" "}
corrections = Corrections
correction-original = Text corrected
correction-translation = Translation corrected
correction-old = Before:{" "}
correction-new = Now:{" "}
correction-entry = Correction: { $title }
correction-change = Before: “{ $old }” Now: “{ $new }”
bodies = Bodies and their roles
body = Public body
nav-bodies = Bodies
bodies-title = Public bodies
bodies-issuers = Issuing bodies
bodies-named = Responsible bodies
issuer-description = { $plans ->
    [one] One plan
   *[other] { $plans } plans
} issued by this body, by year.
body-aliases = Also called
body-former = Formerly
body-class = A class of bodies, not a single one.
body-issued = Plans issued
body-year-unknown = No year stated
bodies-description = { $issuers ->
    [0] The { $bodies ->
        [one] one body that a task names
       *[other] { $bodies } bodies that tasks name
    }, as the plans write them, with what each leads, is responsible for or takes part in.
   *[other] The { $issuers } bodies that issued the plans{ $bodies ->
        [0] .
        [one] {" "}and the one that a task names, with what it leads, is responsible for or takes part in.
       *[other] {" "}and the { $bodies } that tasks name, with what each leads, is responsible for or takes part in.
    }
}
body-description = { $tasks ->
    [one] One task names
   *[other] { $tasks } tasks name
} this body, by its role in them.
body-answers = answers for { $n }
body-lead = lead
body-responsible = responsible
body-cooperate = cooperating
body-guide = guidance
body-participate = participating
body-others = {" "}and others
cites = Instruments cited
source = Source
in-plan = Read it in the full text of the plan
permalink = Permanent link
task-entry = { $n }. { $title }
cite = Cite this task
cite-forms = Quotation, reference, BibTeX, CSL-JSON
reference-part = task { $n }, { $title }
cite-quotation = Quotation with its source
cite-read = The standard asks for the day on which you read the text, in square brackets before the address.
quotation = “{ $text }” ({ $source })
quotation-place = { $plan }, task { $n }
copy = Copy
copied = Copied
neighbours = Neighbouring tasks
previous-task = Previous
next-task = Next

tasks-title = All tasks
tasks-description = { $tasks ->
    [one] The { $tasks } task
   *[other] The { $tasks } tasks
 } of all plans, by plan and section.
timeline-title = Timeline
timeline-description = Every task with a stated date and every reporting date, in order of time.
year = { $year }
filter-all = all
filter-year = Year
chart-title = Due dates by month and plan
chart-desc = { $n ->
    [one] One due date, with its month; the table below has it in words.
   *[other] { $n } due dates by month, a row for each plan; the tables below have them in words.
 }
chart-task = task
chart-early = due before the plan was published
chart-published = plan published
calendar = Calendar (ICS)
calendar-summary = Due: { $what }
feed = Feed (Atom)
fact-data = Data
akn = XML (Akoma Ntoso)
column-when = When
column-what = What
column-plan = Plan
column-today = Today
ongoing-explained = { $n ->
    [one] One further task is
   *[other] { $n } further tasks are
 } marked “ongoing”, without a due date.

instrument = Instrument
instruments-title = Instruments
instruments-lead = The plans cite { $instruments } instruments { $citations } times.
instruments-description = { $instruments ->
    [one] The one law, rule, standard, plan or agreement that the plans cite.
   *[other] The { $instruments } laws, rules, standards, plans and agreements that the plans cite.
 }
instrument-description = { $items ->
    [one] One place cites
   *[other] { $items } places cite
 } { $title }.
instrument-unknown = The catalogue does not know this title yet; it is listed as the text has it.
instrument-is-plan = This instrument is one of the plans on this site
also-cited-as = Also cited as
succeeded-by = Later instrument
succeeds = Earlier instrument
instrument-law = Law
instrument-regulation = Administrative regulations
instrument-rules = Departmental rules
instrument-judicial-interpretation = Judicial interpretation
instrument-judicial-policy = Judicial policy
instrument-standard = Standard
instrument-plan = Plan
instrument-policy = Policy
instrument-guidelines = Guidelines
instrument-treaty = Treaty or agreement
cited-by = { $n ->
    [one] Cited once
    [2] Cited twice
   *[other] Cited { $n } times
 }

glossary-title = Glossary
glossary-description = { $terms ->
    [one] { $terms } term
   *[other] { $terms } terms
 } of the plans, with the English that this site uses for them and the tasks in which they occur.
glossary-accepted = Also:{" "}
glossary-synonyms = Same meaning:{" "}
glossary-tasks = { $n ->
    [one] { $n } task uses it
   *[other] { $n } tasks use it
 }
glossary-rest = { $n ->
    [one] Find { $n } more task by searching
   *[other] Find { $n } more tasks by searching
 }
glossary-unused = No task uses it.

data-title = Data
data-description = Everything on this site can be downloaded, to count, to check and to use again.
data-files = Tables and data
data-tasks-csv = All tasks with their full text, deadlines, responsible bodies and cited instruments
data-deadlines-csv = All due dates and reporting dates in order of time
data-instruments-csv = All cited instruments with the tasks that cite them
data-threads-csv = All lines of work through the years, with their tasks
data-tasks-json = All tasks with everything that is known about them
data-tasks-schema-json = Description of tasks.json (JSON Schema)
data-datapackage-json = Description of all files, with columns, sizes and checksums (Data Package)
data-reading = The tables are CSV in UTF-8 with a byte order mark, so that Excel shows Chinese. An apostrophe stands before a text that a spreadsheet would take for a formula, and before an id that it would take for a date. Lists in a cell are separated by semicolons.
data-calendars = Calendars
data-calendars-about = Subscribe to an address in your calendar program, or open the file. Each topic has a calendar of its own on its page.
data-feeds = Feeds
data-feeds-about = The feed of the site tells of new plans and of corrected texts; that of a plan or topic lists its tasks.
data-akn = The plans as XML
data-akn-about = Each plan as an XML file in Akoma Ntoso 1.0, the OASIS standard for legal documents, with numbers, dates, issuers, responsible bodies and cited instruments.
data-machines = For programs
data-machines-about = Every page is also there as Markdown, at its address with index.md, and describes itself in JSON-LD.
data-rights = Rights
size = { $n } kB
data-licence = The plans are official documents, to which the Copyright Law of the People's Republic of China does not apply (article 5).
moved-title = This page has moved
moved-link = Go to the page
not-found-title = There is no such page
not-found-description = The address may be mistaken. The home page leads to everything.

nav-threads = Through the years
nav-topics = Topics
thread = Line of work
threads-title = Through the years
threads-description = { $threads } lines of work join the { $tasks } tasks of the yearly plans from year to year.
threads-none = No lines of work have been traced yet.
thread-description = How “{ $title }” continues and changes through the yearly plans.
transition-title = Changes from { $earlier } to { $later }
transition-description = What became of each task of { $earlier } in { $later }: continued, split, merged, moved or dropped, and what is new, both texts side by side.
transition-requirement = now a work requirement
transition-all = From year to year:{" "}
count-items = { $n ->
    [one] 1 item
   *[other] { $n } items
}
requirement = Work requirement
no-counterpart = No counterpart
no-counterpart-year = The plan of this year has no counterpart.
leads-on = What follows
counterparts = Counterparts in other plans
counterparts-explained = The promotion plan and the key points do not follow one another by year; their tasks on the same work are listed here.
through-the-years = Through the years
in-threads = Lines of work:{" "}
before = Before
after = After
no-earlier-plan = This site has no plan for an earlier year.
no-thread = No counterpart in the yearly plans is listed for this task.
no-later-plan = This site has no plan for a later year.
not-examined = Not yet compared with the plans of other years.
not-examined-earlier = Not yet compared with the plan of the year before.
not-examined-later = Not yet compared with the plan of the year after.
link-continues = continues as
link-splits-into = splits into
link-merges-into = merges into
link-related = related to
link-continues-back = continues
link-splits-into-back = split from
link-merges-into-back = takes in
link-related-back = related to
end-new = new, without an earlier counterpart
end-dropped = no longer a task
end-residue = its content is taken up in{" "}
changes = Differences in wording ({ $shared }% the same)
changes-legend = Key:{" "}
changes-removed-example = words removed
changes-added-example = words added
changes-in = In another language:{" "}
changes-sides = Side by side
change-removed = [removed:{" "}
change-added = [added:{" "}
change-end = {" "}]
evidence = What later documents show
evidence-promise = This task:{" "}
deadline-passed-evidence = date passed; see what later documents show
named = Named without book-title marks
named-by = { $n ->
    [one] Named once more without book-title marks
   *[other] Named { $n } times without book-title marks
 }
named-explained = These places name the instrument without the book-title marks of a citation (《》) and are not counted as citations.
instruments-named = {" "}{ $n ->
    [one] One more is
   *[other] { $n } more are
 } only named, without book-title marks.
count-mentions = { $n ->
    [one] named once
    [2] named twice
   *[other] named { $n } times
 }
count-times = { $n ->
    [2] twice
   *[other] { $n } times
 }
short-name-in = Short name in one plan
short-name = Short name here:{" "}
topic = Topic
topics-title = Topics
topics-description = All tasks under { $topics ->
    [one] { $topics } subject heading
   *[other] { $topics } subject headings
 }; a task may have several.
search = Search
search-title = Search
search-description = Search the tasks, requirements and notices of all plans, in the original and in translation.
search-placeholder = Search tasks
search-needs-script = Searching needs JavaScript. Without it, everything is on one page:
search-help = How to search
search-help-words = patent infringement
search-help-words-meaning = both must occur, in any inflection or as words of the same meaning
search-help-phrase = "people's courts"
search-help-phrase-meaning = next to each other, in this order
search-help-not = trademark -bad-faith
search-help-not-meaning = without the word after the minus
search-help-fields-meaning = limit to a plan, a year, a kind of text, a deadline
search-loading = Loading the search …
search-none = Nothing found.
search-none-hint = Try fewer words, or remove a filter.
search-untranslated = None of the texts is in English yet.
search-partial = Nothing contains all of these words; the closest are:
search-failed = The search could not be loaded; the connection may be down.
search-retry = Try again
search-all = See all results
search-more = More
search-count-one = %n result
search-count-other = %n results
search-other-language-one = %lang: %n result
search-other-language-other = %lang: %n results
search-sort = Sort by
search-sort-relevance = relevance
search-sort-date = newest plan first
search-sort-due = earliest deadline first
search-facet-plan = Plan
search-facet-year = Year
search-facet-kind = Kind
search-facet-due = Deadline
search-facet-topic = Topic
search-facet-body = Body
search-kind-task = Task
search-kind-requirement = Requirement
search-kind-notice = Covering notice
search-kind-section = Other text
search-due = by %date
search-ongoing = Ongoing
search-clear = Remove filters
search-synonyms-one = and one more
search-synonyms-other = and %n more
search-meaning = Search by meaning
search-understood = Understood as:
search-found-in = Found in the texts in:
search-filters = Filters
search-due-none = None stated
search-due-past = Date passed
search-filter = %facet: %value
search-filter-or = {" or "}
search-filters-close = Close filters
search-remove = Remove the filter “%filter”
search-none-filters = No result meets all the filters.
search-none-filter-one = The filter “%filter” excludes the only result.
search-none-filter-other = The filter “%filter” excludes all %n results.
search-without-one = Remove “%filter”: %n result
search-without-other = Remove “%filter”: %n results
search-without-none = Remove “%filter”: still no results
search-clear-all-one = Remove all filters: %n result
search-clear-all-other = Remove all filters: %n results
search-also = Also searched:
search-list-comma = {", "}
search-only = Only “%query”
search-as-typed = Searched for the words as typed.
search-save = Save all results:
search-save-csv = CSV table
search-save-ris = RIS references
search-saved-one = %n result saved
search-saved-other = %n results saved
search-walk = Search results
search-walk-back = Back to results
search-walk-place = %at of %n
search-walk-previous = Previous
search-walk-next = Next
instrument-named-description = { $items ->
    [one] One place names
   *[other] { $items } places name
 } { $title } without book-title marks.
menu = Menu
large-type = Large type
shortcut = Keyboard shortcut
shortcut-about = The key / leads to the search.
link-targets = Addresses of the links
home-topics = Find tasks by topic
filter-words = Filter by words
deadline-none = None stated

# Textes de l’interface, au format Project Fluent.

skip-to-content = Aller au contenu
languages = Langues
navigation = Navigation
breadcrumb = Vous êtes ici
nav-home = Accueil
nav-plans = Plans
plans-title = Tous les plans
plans-description = Les { $plans } plans de ce site, par année.
nav-tasks = Toutes les tâches
nav-timeline = Calendrier
nav-instruments = Textes cités
nav-glossary = Glossaire
nav-data = Données
as-of = Les « jours restants » sont comptés à partir du { $day }.
unofficial = Le texte français est une traduction non officielle. Le texte chinois fait foi.
draft = Projet
list-comma = {", "}
colon = {" : "}
full-stop = .
bracket = {" ("}
bracket-end = )

kind-annual-plan = Plan de travail annuel
kind-key-points = Points essentiels
kind-promotion-plan = Plan de mise en œuvre

figure-tasks = { $n ->
    [one] tâche
   *[other] tâches
 }
figure-due = { $n ->
    [one] échéance
   *[other] échéances
 }
figure-instruments = { $n ->
    [one] texte cité
   *[other] textes cités
 }
home-plans = Plans
home-next = Prochaines échéances
home-pages = Sur ce site
next-none = Plus rien n’est à échéance.
next-none-why = { $n ->
    [one] La seule échéance de ces plans est passée
   *[other] Les { $n } échéances de ces plans sont passées
 }, la dernière le { $day }. { $shown ->
    [0] Les documents n’en indiquent pas l’issue.
   *[other] Des documents ultérieurs renseignent sur { $shown } d’entre elles{ $rest ->
        [0] .
       *[other] ; pour les { $rest } autres, l’issue n’est pas indiquée.
     }
 }
next-never = Ces plans n’indiquent aucune échéance.
published-on = publié le { $day }

count-tasks = { $n ->
    [one] { $n } tâche
   *[other] { $n } tâches
 }
count-dated = { $n } avec échéance
count-ongoing = { $n } en continu
count-due = { $n ->
    [one] { $n } élément
   *[other] { $n } éléments
 }
count-citations = { $n ->
    [one] cité { $n } fois
   *[other] cité { $n } fois
 }

fact-number = Numéro du document
fact-issuer = Autorité
fact-issued = Date du document
fact-published = Publication
fact-tasks = Tâches
fact-source = Adresse de la source
fact-follow = Suivre
not-stated = Non indiqué par la source

view = Afficher
view-original = Original chinois
view-both = Les deux
translation-missing = Pas encore traduit.
translation-stale = Ce paragraphe a changé depuis sa traduction.
translation-unreviewed = La traduction de ce paragraphe n’a pas encore été relue.

contents = Sommaire
page-missing = Cette page n’est pas encore traduite ; l’original est affiché.
milestones = Dates de rapport
milestone = Rapport
node-notice = Circulaire d’accompagnement
node-preamble = Préambule
node-attachments = Annexes
plan-description = { $title } : texte intégral et { $tasks ->
    [one] { $tasks } tâche
   *[other] { $tasks } tâches
 }.
task-page = Page de la tâche { $number }

deadline = Échéance
deadline-quote = Texte original :{" "}
deadline-ongoing = En continu
deadline-day = avant le { $day }
deadline-month = avant fin { $month }
deadline-quarter = avant la fin du { $quarter ->
    [1] premier
    [2] deuxième
    [3] troisième
   *[other] quatrième
 } trimestre { $year }
deadline-half-year = avant la fin du { $half ->
    [1] premier
   *[other] second
 } semestre { $year }
deadline-within-year = au cours de { $year }
deadline-year = avant fin { $year }
deadline-five-year = avant la fin du plan quinquennal ({ $year })
deadline-before = avant { $event } ; aucun jour indiqué
deadline-before-in = avant { $event }, { $year } ; aucun jour indiqué
deadline-festival = avant { $event } { $year } ({ $day }, selon le calendrier)
deadline-latest = { $when } au plus tard
deadline-computed = { $when } (calculé)
deadline-no-day = aucun jour indiqué
occasion-new-year = le jour de l’An
occasion-spring-festival = la fête du Printemps
occasion-lantern-festival = la fête des Lanternes
occasion-qingming = la fête de Qingming
occasion-labour-day = la fête du Travail
occasion-childrens-day = la Journée des enfants
occasion-dragon-boat-festival = la fête des Bateaux-Dragons
occasion-party-day = l’anniversaire de la fondation du Parti
occasion-army-day = la fête de l’Armée
occasion-mid-autumn-festival = la fête de la Mi-Automne
occasion-teachers-day = la Journée des enseignants
occasion-national-day = la fête nationale
occasion-double-ninth-festival = la fête du Double Neuf
occasion-winter-holiday = les vacances d’hiver
occasion-spring-term = le semestre de printemps
occasion-two-sessions = les « deux sessions »
occasion-spring-ploughing = les labours de printemps
occasion-fire-season = la saison des incendies
occasion-flood-season = la saison des crues
occasion-rainy-season = la saison des pluies
occasion-summer-harvest = la moisson d’été
occasion-summer = l’été
occasion-college-entrance-examination = le concours d’entrée à l’université
occasion-main-flood-season = la pleine saison des crues
occasion-typhoon-season = la saison des typhons
occasion-summer-holiday = les vacances d’été
occasion-autumn-term = le semestre d’automne
occasion-autumn-harvest = la moisson d’automne
occasion-winter = l’hiver
occasion-heating-season = la saison de chauffage
occasion-freeze = le gel des sols
occasion-winter-peak = la pointe de consommation d’hiver
deadline-passed = date passée ; issue non indiquée par ces documents
deadline-today = échéance aujourd’hui
deadline-days-left = { $days ->
    [one] encore { $days } jour
   *[other] encore { $days } jours
 }
then-ongoing = puis en continu
due-before-publication = L’échéance est antérieure à la publication du plan ({ $day }).

targets = Objectifs chiffrés
bodies = Organismes responsables
body = Organisme responsable
nav-bodies = Organismes
bodies-title = Organismes publics
bodies-issuers = Organismes émetteurs
bodies-named = Organismes responsables
bodies-description = { $issuers ->
    [0] Les { $bodies } organismes nommés par les tâches.
   *[other] Les { $issuers } organismes émetteurs et les { $bodies } organismes nommés par les tâches.
}
issuer-description = { $plans } plans émis par cet organisme.
body-aliases = Aussi appelé
body-former = Autrefois
body-class = Une catégorie d’organismes, non un seul.
body-issued = Plans émis
body-year-unknown = Année non indiquée
count-plans = { $n } plans
body-description = { $tasks } tâches nomment cet organisme.
body-answers = répond de { $n }
body-lead = chef de file
body-responsible = responsable
body-cooperate = en appui
body-guide = conseil
body-participate = participant
body-others = {" "}et autres
cites = Textes cités
source = Source
in-plan = Lire dans le texte intégral du plan
permalink = Lien permanent
task-entry = { $n }. { $title }
cite = Citer cette tâche
cite-forms = Citation, référence, BibTeX, CSL-JSON
cite-quotation = Citation avec sa source
cite-read = La norme demande la date de consultation, entre crochets, avant l’adresse.
quotation = « { $text } » ({ $source })
quotation-place = { $plan }, tâche { $n }
copy = Copier
copied = Copié
neighbours = Tâches voisines
previous-task = Précédente
next-task = Suivante

tasks-title = Toutes les tâches
tasks-description = Les { $tasks } tâches de tous les plans, par plan et section.
timeline-title = Calendrier
timeline-description = Toutes les tâches datées et toutes les dates de rapport, dans l’ordre.
year = { $year }
filter-all = tout
filter-year = Année
chart-title = Échéances par mois et par plan
chart-desc = { $n ->
    [one] Une échéance, avec son mois ; le tableau ci-dessous la donne en toutes lettres.
   *[other] { $n } échéances par mois, une ligne par plan ; les tableaux ci-dessous les donnent en toutes lettres.
 }
chart-task = tâche
chart-early = échéance antérieure à la publication du plan
chart-published = publication du plan
calendar = Calendrier (ICS)
calendar-summary = Échéance : { $what }
feed = Flux (Atom)
fact-data = Données
akn = XML (Akoma Ntoso)
column-when = Quand
column-what = Quoi
column-plan = Plan
column-today = Aujourd’hui
ongoing-explained = { $n ->
    [one] { $n } autre tâche est indiquée
   *[other] { $n } autres tâches sont indiquées
 } « en continu », sans échéance.

instrument = Texte
instruments-title = Textes cités
instruments-lead = Les plans citent { $instruments } textes, { $citations } fois.
instruments-description = Les { $instruments } lois, règles, normes, plans et accords que citent les plans.
instrument-description = { $items ->
    [one] { $items } endroit cite
   *[other] { $items } endroits citent
 } { $title }.
instrument-unknown = Le catalogue ne connaît pas encore ce titre ; il figure tel que dans le texte.
instrument-is-plan = Ce texte est l’un des plans de ce site
also-cited-as = Aussi cité comme
succeeded-by = Texte postérieur
succeeds = Texte antérieur
instrument-law = Loi
instrument-regulation = Règlement administratif
instrument-rules = Règlement ministériel
instrument-judicial-interpretation = Interprétation judiciaire
instrument-judicial-policy = Politique judiciaire
instrument-standard = Norme
instrument-plan = Plan
instrument-policy = Politique
instrument-guidelines = Lignes directrices
instrument-treaty = Traité ou accord
cited-by = { $n ->
    [one] Cité { $n } fois
   *[other] Cité { $n } fois
 }

glossary-title = Glossaire
glossary-description = { $terms ->
    [one] { $terms } terme
   *[other] { $terms } termes
 } des plans, avec leur traduction et les tâches où ils figurent.
glossary-accepted = Aussi :{" "}
glossary-synonyms = Même sens :{" "}
glossary-tasks = { $n ->
    [one] { $n } tâche l’emploie
   *[other] { $n } tâches l’emploient
 }
glossary-rest = { $n ->
    [one] Chercher { $n } autre tâche
   *[other] Chercher { $n } autres tâches
 }
glossary-unused = Aucune tâche ne l’emploie.

data-title = Données
data-description = Tout le site peut être téléchargé, pour compter, vérifier et réutiliser.
data-files = Tableaux et données
data-tasks-csv = Toutes les tâches, avec texte intégral, échéances, organes responsables et textes cités
data-deadlines-csv = Toutes les échéances dans l’ordre du temps
data-instruments-csv = Tous les textes cités, avec les tâches qui les citent
data-threads-csv = Tous les fils de travail à travers les années, avec leurs tâches
data-tasks-json = Toutes les tâches, avec tout ce qui en est connu
data-tasks-schema-json = Description de tasks.json (JSON Schema)
data-datapackage-json = Description de tous les fichiers (Data Package)
data-reading = Les tableaux sont en CSV, UTF-8 avec marque d’ordre des octets. Une apostrophe précède tout texte qu’un tableur prendrait pour une formule, et tout identifiant qu’il prendrait pour une date.
data-calendars = Calendriers
data-calendars-about = Abonnez-vous à une adresse dans votre agenda, ou ouvrez le fichier. Chaque thème a son propre calendrier, sur sa page.
data-feeds = Flux
data-feeds-about = Le flux du site annonce les nouveaux plans ; celui d’un plan énumère ses tâches.
data-akn = Les plans en XML
data-akn-about = Chaque plan sous forme de fichier XML en Akoma Ntoso 1.0, la norme OASIS des documents juridiques, avec numéros, dates, organismes et textes cités.
data-machines = Pour les programmes
data-machines-about = Chaque page existe aussi en Markdown, à son adresse suivie de index.md, et se décrit en JSON-LD.
data-rights = Droits
size = { $n } ko
data-licence = Les plans sont des documents officiels, auxquels la loi chinoise sur le droit d’auteur ne s’applique pas (article 5).
moved-title = Cette page a changé d’adresse
moved-link = Aller à la page
not-found-title = Cette page n’existe pas
not-found-description = L’adresse est peut-être erronée. La page d’accueil mène à tout.

search = Rechercher
search-title = Recherche
search-description = Rechercher dans les tâches, exigences et circulaires de tous les plans, dans l’original et en traduction.
search-placeholder = Rechercher une tâche
search-needs-script = La recherche a besoin de JavaScript. Sans lui, tout est sur une page :
search-help = Comment chercher
search-help-words = contrefaçon brevet
search-help-words-meaning = les deux mots, ou des synonymes, doivent figurer, sous toutes leurs formes
search-help-phrase = "tribunal populaire"
search-help-phrase-meaning = côte à côte, dans cet ordre
search-help-not = marque -contrefaçon
search-help-not-meaning = sans le mot qui suit le signe moins
search-help-fields-meaning = limiter à un plan, une année, un genre de texte, une échéance
search-loading = Chargement de la recherche…
search-none = Aucun résultat.
search-none-hint = Essayez moins de mots, ou retirez un filtre.
search-untranslated = Aucun des textes n’est encore en français.
search-partial = Rien ne contient tous ces mots ; au plus près :
search-failed = La recherche n’a pas pu être chargée ; la connexion est peut-être coupée.
search-retry = Réessayer
search-all = Voir tous les résultats
search-more = Plus
search-count-one = %n résultat
search-count-other = %n résultats
search-other-language-one = %lang : %n résultat
search-other-language-other = %lang : %n résultats
search-sort = Trier par
search-sort-relevance = pertinence
search-sort-date = plan le plus récent
search-sort-due = échéance la plus proche
search-facet-plan = Plan
search-facet-year = Année
search-facet-kind = Genre
search-facet-due = Échéance
search-facet-topic = Thème
search-facet-body = Organisme
search-kind-task = Tâche
search-kind-requirement = Exigence
search-kind-notice = Circulaire
search-kind-section = Autre texte
search-due = avant le %date
search-ongoing = En continu
search-clear = Retirer les filtres
search-synonyms-one = et un autre
search-synonyms-other = et %n autres
search-meaning = Chercher selon le sens
search-understood = Compris comme :
search-found-in = Trouvé dans les textes en :
search-filters = Filtres
search-due-none = Non indiquée
search-due-past = Date passée
search-filter = %facet : %value
search-filter-or = {" ou "}
search-filters-close = Fermer les filtres
search-remove = Retirer le filtre « %filter »
search-none-filters = Aucun résultat ne répond à tous les filtres.
search-none-filter-one = Le filtre « %filter » écarte le seul résultat.
search-none-filter-other = Le filtre « %filter » écarte les %n résultats.
search-without-one = Retirer « %filter » : %n résultat
search-without-other = Retirer « %filter » : %n résultats
search-without-none = Retirer « %filter » : toujours aucun résultat
search-clear-all-one = Retirer tous les filtres : %n résultat
search-clear-all-other = Retirer tous les filtres : %n résultats
search-also = Aussi recherché :
search-list-comma = {", "}
search-only = Seulement « %query »
search-as-typed = Recherche des mots tels quels.
search-save = Enregistrer tous les résultats :
search-save-csv = Tableau CSV
search-save-ris = Références RIS
search-saved-one = %n résultat enregistré
search-saved-other = %n résultats enregistrés
search-walk = Résultats de la recherche
search-walk-back = Retour aux résultats
search-walk-place = %at sur %n
search-walk-previous = Précédent
search-walk-next = Suivant

nav-threads = Au fil des ans
nav-topics = Thèmes
thread = Fil de travail
threads-title = Au fil des ans
threads-description = { $threads } fils de travail relient d’année en année les { $tasks } tâches des plans annuels.
threads-none = Aucun fil de travail n’a encore été établi.
thread-description = « { $title } » : ce qui continue et ce qui change dans les plans annuels.
transition-title = Changements de { $earlier } à { $later }
transition-description = Ce que chaque tâche de { $earlier } est devenue en { $later }, les deux textes côte à côte.
transition-requirement = devenue une exigence
transition-all = D’une année à l’autre :{" "}
count-items = { $n }
requirement = Exigence de travail
no-counterpart = Sans équivalent
no-counterpart-year = Le plan de cette année n’a pas d’équivalent.
leads-on = La suite
counterparts = Équivalents dans d’autres plans
counterparts-explained = Ces plans ne se suivent pas d’année en année ; leurs tâches sur le même travail figurent ici.
through-the-years = Au fil des ans
in-threads = Fils de travail :{" "}
before = Avant
after = Après
no-earlier-plan = Ce site n’a pas de plan pour une année antérieure.
no-later-plan = Ce site n’a pas de plan pour une année ultérieure.
not-examined = Pas encore comparé aux plans des autres années.
not-examined-earlier = Pas encore comparé au plan de l’année précédente.
not-examined-later = Pas encore comparé au plan de l’année suivante.
link-continues = se poursuit dans
link-splits-into = se divise en
link-merges-into = se fond dans
link-related = en rapport avec
link-continues-back = poursuit
link-splits-into-back = issu de
link-merges-into-back = absorbe
link-related-back = en rapport avec
end-new = nouvelle, sans équivalent antérieur
end-dropped = n’est plus une tâche
end-residue = son contenu est repris dans{" "}
changes = Différences de texte ({ $shared } % en commun)
changes-legend = Légende :{" "}
changes-removed-example = mots supprimés
changes-added-example = mots ajoutés
changes-in = Dans une autre langue :{" "}
changes-sides = Côte à côte
change-removed = [supprimé :{" "}
change-added = [ajouté :{" "}
change-end = {" "}]
evidence = Ce que montrent des documents ultérieurs
no-thread = Aucun équivalent dans les plans annuels n’est indiqué pour cette tâche.
target-original = texte original :{" "}
corrections = Corrections
correction-original = Texte corrigé
correction-translation = Traduction corrigée
correction-old = Avant :{" "}
correction-new = Désormais :{" "}
correction-entry = Correction : { $title }
correction-change = Avant : « { $old } » Désormais : « { $new } »
reference-part = tâche { $n }, { $title }
evidence-promise = Cette tâche :{" "}
deadline-passed-evidence = date passée ; voir les documents ultérieurs
named = Nommés sans guillemets de titre
named-by = { $n ->
    [one] Nommé une fois sans guillemets de titre
   *[other] Nommé { $n } fois sans guillemets de titre
 }
named-explained = Ces passages nomment le texte sans les guillemets de titre d’une citation (《》) et ne comptent pas comme citations.
instruments-named = {" "}{ $n ->
    [one] Un autre est seulement nommé,
   *[other] { $n } autres sont seulement nommés,
 } sans guillemets de titre.
count-mentions = nommé { $n } fois
count-times = { $n } fois
short-name-in = Nom abrégé dans un seul plan
short-name = Nom abrégé ici :{" "}
topic = Thème
topics-title = Thèmes
topics-description = Toutes les tâches sous { $topics } thèmes ; une tâche peut en avoir plusieurs.
instrument-named-description = { $items ->
    [one] Un passage nomme
   *[other] { $items } passages nomment
 } { $title } sans guillemets de titre.
menu = Menu
large-type = Grands caractères
shortcut = Raccourci clavier
shortcut-about = La touche « / » mène à la recherche.
link-targets = Adresses des liens
home-topics = Trouver des tâches par thème
filter-words = Filtrer par mots
deadline-none = Aucune échéance indiquée

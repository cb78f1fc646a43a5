#!/usr/bin/env python3
"""Checks what `gongbao import` makes of documents against what a careful editor would make.

usage: check.py GONGBAO_BINARY CASES_DIR… [--only TEXT] [--jobs N] [--json FILE] [--show]

A case is NN-kind.{txt,html,docx,pdf} with NN-kind.expected.json beside it. For each case a site is made
with `gongbao new` in a scratch folder, the sample plan and the catalogues that speak of it are
emptied, the source is imported as plan `p`, required keys of the front matter that the import left out
get placeholders, the site is built, and data/tasks.json and the Markdown are compared with the
expectation. A site that does not build has no tasks. The import has to count the tasks that the site has.

Keys of expected.json (null: not checked; {"any_of": […]}: any of these):
  title number issuer issued published kind   front matter; issuer may be a list
  tasks, task_heads    number of tasks; words that the title or text of each holds, in reading order
  task_numbers_as_in_source, numbers   the label of each task in the source, without brackets and points
  task_titles          the titles of the tasks, without a full stop at the end
  deadlines            task (position in task_heads), date, kind due|ongoing, precision, where; optional: may be there
  deadline_words       [task, words]: words that a deadline of the task holds
  bodies               task, name, role lead|responsible|cooperate|guide|participate; optional: may be there
  must_not_be_body     no name of a body holds these words
  targets              task, value, unit; all of them and no others
  sections, headings   number of `## ` headings; words that headings hold
  notice               whether the account of the import says that there is a covering notice
  refused, refusal_like   whether the import refuses the file; pattern that its message holds
  must_contain, must_not_contain   words within one paragraph of the Markdown, white space apart
  must_contain_raw     words within the Markdown, white space and all
  must_match           patterns within one paragraph of the Markdown, white space apart
  doubt_expected, doubt_like   whether the account holds a doubt; pattern that one of them holds
  doubt_unlike         pattern that no doubt holds
  may_not_build        the site need not build
  year                 what the editor writes for `year` where the import left it out
  any_of               other readings: each replaces some of the keys above

tasks.json as of now has `responsible`, names without roles; as asked for it has `bodies`
({name, role}), from which roles are read. Prints a line for each failing case, then totals.
Exit 0: every case passes. 1: some fail. 2: the time for all cases ran out, which is no score.
"""
import argparse, json, os, re, shutil, subprocess, sys, tempfile, time, tomllib, unicodedata
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TIMEOUT = 120  # seconds for one call of the program
BUDGET = 1800  # seconds for all cases
END = time.monotonic() + BUDGET
EMPTIED = ("topics.toml", "instruments.toml", "glossary.toml", "translations.lock", "threads.toml", "evidence.toml")


# --- running the program

def call(args, cwd):
    env = {**os.environ, "NO_COLOR": "1"}
    left = min(TIMEOUT, END - time.monotonic())
    if left <= 0:
        return None, "", f"the {BUDGET} s for all cases are over"
    try:
        p = subprocess.run([str(a) for a in args], cwd=cwd, capture_output=True, timeout=left, stdin=subprocess.DEVNULL, env=env)
        return p.returncode, p.stdout.decode("utf8", "replace"), p.stderr.decode("utf8", "replace")
    except subprocess.TimeoutExpired:
        return None, "", f"no end within {left:.0f} s"


def account(*streams):
    """The account that --format json writes, wherever it writes it."""
    for s in streams:
        for m in re.finditer(r"^\{", s, re.M):
            try:
                return json.JSONDecoder().raw_decode(s[m.start():])[0]
            except ValueError:
                pass
    return None


def split(markdown):
    m = re.match(r"\+\+\+\r?\n(.*?)^\+\+\+\r?\n?(.*)", markdown, re.S | re.M)
    return (m[1], m[2]) if m else ("", markdown)


def filled(markdown, expected):
    """The Markdown with placeholders for required keys that the import left out."""
    front, body = split(markdown)
    try:
        keys = tomllib.loads(front)
    except tomllib.TOMLDecodeError:
        return markdown
    extra = ""
    if "kind" not in keys:
        extra += 'kind = "promotion-plan"\n'
    if "title" not in keys:
        extra += 'title = "占位标题"\n'
    if "year" not in keys and (expected.get("year") or keys.get("kind") in ("annual-plan", "key-points")):
        extra += f"year = {expected.get('year') or 2027}\n"
    return f"+++\n{extra}{front}+++\n{body}" if extra else markdown


def imported(binary, source, expected, scratch):
    """What the program makes of the source: a dict that `failures` reads."""
    site = Path(scratch, "site")
    got = {"fault": None, "refused": False, "said": "", "account": {}, "front": {}, "markdown": "", "tasks": [], "built": False, "late": False}
    rc, out, err = call([binary, "new", site], scratch)
    if rc != 0:
        got["fault"] = f"`new` fails: {err.strip()[:200]}"
        return got
    shutil.rmtree(site / "content/plans", ignore_errors=True)
    (site / "content/plans").mkdir(parents=True)
    for name in EMPTIED:
        if (site / "content" / name).exists():
            (site / "content" / name).write_text("", encoding="utf8")
    rc, out, err = call([binary, "import", source, "--plan", "p", "--format", "json"], site)
    got["said"] = out + err
    if rc is None:
        got["fault"] = f"import: {err}"
        return got
    plans = sorted((site / "content/plans").rglob("zh.md"))
    if rc != 0 or not plans:
        got["refused"] = True
        return got
    got["account"] = account(out, err) or {}
    text = plans[0].read_text(encoding="utf8")
    front, got["markdown"] = split(text)
    try:
        got["front"] = tomllib.loads(front)
    except tomllib.TOMLDecodeError as e:
        got["fault"] = f"front matter is no TOML: {e}"
        return got
    plans[0].write_text(filled(text, expected), encoding="utf8")
    rc, out, err = call([binary, "build"], site)
    data = site / "public/data/tasks.json"
    if rc == 0 and data.exists():
        got["built"] = True
        found = json.loads(data.read_text(encoding="utf8"))
        got["tasks"] = found["tasks"] if isinstance(found, dict) else found
    else:
        codes = Counter(re.findall(r"error\[([\w-]+)\]", out + err))
        got["why"] = ", ".join(codes) or ("no end" if rc is None else f"exit {rc}")
    return got


# --- comparing

def norm(s):
    return re.sub(r"\s+", "", s or "")


def folded(s):
    return norm(unicodedata.normalize("NFKC", s or ""))


def allowed(want):
    return want["any_of"] if isinstance(want, dict) and "any_of" in want else [want]


def fits(got, want):
    return any(got == w for w in allowed(want))


def text_of(task):
    def zh(v):
        return v.get("zh", "") if isinstance(v, dict) else (v or "")
    title, text = zh(task.get("title")), zh(task.get("text"))
    return title, f"{title}\n{text}"


NUMBER = r"([0-9]+|[一二三四五六七八九十百]+)"


def label_in(line):
    """The number that a line begins with: 3. （三） 三、 or the cell of a row that is a number alone."""
    if line.startswith("|"):
        cells = [c for c in line.split("|") if re.fullmatch(NUMBER, c)]
        return cells[0] if cells else None
    m = re.match(r"[#*>-]*[(]?" + NUMBER + r"[).、]", line)
    return m[1] if m else None


def label_of(task, head, lines):
    """The number of a task as the data states it, or else as it stands in the Markdown: in the line
    that holds the words, or in the last line above that has one."""
    for key in ("label", "number_as_written", "source_number"):
        if task.get(key) not in (None, ""):
            found = re.search(NUMBER, unicodedata.normalize("NFKC", str(task[key])))
            return found[1] if found else None
    at = next((i for i, line in enumerate(lines) if folded(head) in line), None)
    above = reversed(lines[:at + 1]) if at is not None else []
    return next((label for label in map(label_in, above) if label), None)


def bodies_of(task):
    """(name, role or None) of each body; roles are None where the data has none."""
    if "bodies" in task:
        return [(norm(b.get("name")), b.get("role")) for b in task["bodies"]]
    return [(norm(b), None) for b in task.get("responsible", [])]


def paired(heads, tasks):
    """For each head the task that holds it, in order; each task only once."""
    texts = [folded(text_of(t)[1]) for t in tasks]
    free, pairs = set(range(len(tasks))), []
    for head in heads:
        at = next((i for i in sorted(free) if folded(head) in texts[i]), None)
        free.discard(at)
        pairs.append(at)
    return pairs, free


def issuers(v):
    if isinstance(v, list):
        return [norm(x) for x in v]
    return [x for x in re.split(r"[、\s；;]+", v or "") if x]


class Verdict:
    def __init__(self):
        self.faults, self.n = [], Counter()

    def fault(self, area, words):
        self.faults.append((area, words))

    def areas(self):
        return {a for a, _ in self.faults}


def check_front(v, exp, got):
    front = got["front"]
    for key in ("title", "number", "issuer", "issued", "published", "kind"):
        want = exp.get(key)
        if want is None:
            continue
        have = front.get(key)
        if key == "issuer":
            ok = issuers(have) == issuers(want) or any(issuers(have) == issuers(w) for w in allowed(want) if isinstance(w, str))
        else:
            ok = any(norm(str(have) if have is not None else "") == norm(w) for w in allowed(want))
        if key == "title":
            v.n["titles"] += 1
            v.n["titles right"] += ok
        else:
            v.n["other front matter"] += 1
            v.n["other front matter right"] += ok
        if not ok:
            v.fault("title" if key == "title" else "front", f"{key} is {have!s}" if have is not None else f"no {key}")


def check_tasks(v, exp, got):
    tasks, heads = got["tasks"], exp.get("task_heads")
    if heads is None:
        return None
    pairs, free = paired(heads, tasks)
    found = sum(p is not None for p in pairs)
    v.n["tasks true"] += len(heads)
    v.n["tasks found"] += found
    v.n["tasks false"] += len(free)
    if found < len(heads):
        v.fault("tasks", "missing task " + ", ".join(str(k + 1) for k, p in enumerate(pairs) if p is None))
    if free:
        v.fault("tasks", f"{len(free)} false task" + "s" * (len(free) > 1) + ": " + text_of(tasks[min(free)])[0][:16])
    real = [p for p in pairs if p is not None]
    if real != sorted(real):
        v.fault("tasks", "tasks not in the order of the source")
    if exp.get("task_numbers_as_in_source") and exp.get("numbers"):
        lines = [folded(l).replace("\\", "") for l in got["markdown"].splitlines()]
        for k, (head, want) in enumerate(zip(heads, exp["numbers"])):
            if pairs[k] is None:
                continue
            have = label_of(tasks[pairs[k]], head, lines)
            v.n["numbers"] += 1
            v.n["numbers right"] += have == want
            if have != want:
                v.fault("numbers", f"task {k + 1} is numbered {have}, not {want}")
    for k, want in enumerate(exp.get("task_titles") or []):
        if pairs[k] is not None:
            have = norm(text_of(tasks[pairs[k]])[0]).rstrip("。.；;")
            if have != want:
                v.fault("tasks", f"title of task {k + 1} is {have}")
    return pairs, free


def check_deadlines(v, exp, got, pairs, free):
    wants = exp["deadlines"]
    for k, at in enumerate(pairs):
        have = list(got["tasks"][at].get("deadlines", [])) if at is not None else []
        mine = [d for d in wants if d["task"] == k + 1]
        used = [False] * len(have)

        def matches(d, h):
            return fits(h.get("kind"), d["kind"]) and fits(h.get("date"), d["date"])
        for d in mine:
            hits = [i for i, h in enumerate(have) if matches(d, h)]
            for i in hits:
                used[i] = True
            if d.get("optional"):
                continue
            due = "due" in allowed(d["kind"])
            area = "due" if due else "ongoing"
            v.n[f"{area} true"] += 1
            v.n[f"{area} found"] += bool(hits)
            if not hits:
                v.fault("due", f"task {k + 1}: no {area} {allowed(d['date'])[0] or ''}".rstrip())
                continue
            h = have[hits[0]]
            if d.get("precision") is not None and not any(fits(have[i].get("precision"), d["precision"]) for i in hits):
                v.fault("due", f"task {k + 1}: precision {h.get('precision')}, not {d['precision']}")
            if d.get("where") and all("where" in have[i] for i in hits) and not any(have[i]["where"] == d["where"] for i in hits):
                v.fault("due", f"task {k + 1}: deadline in {h['where']}, not {d['where']}")
        for i, h in enumerate(have):
            v.n["due false"] += h.get("kind") == "due" and not used[i]
            if not used[i] and h.get("kind") in ("due", "ongoing"):
                v.fault("due", f"task {k + 1}: false {h.get('kind')} {h.get('date') or ''} ({h.get('text', '')[:20]})")
            if at is not None and h.get("where") != "front-matter" and norm(h.get("text")) not in norm(text_of(got["tasks"][at])[1]):
                v.fault("due", f"task {k + 1}: words of the deadline are not in the task: {h.get('text')}")
        for n, words in exp.get("deadline_words") or []:
            if n == k + 1 and have and not any(words in json.dumps(h, ensure_ascii=False) for h in have):
                v.fault("due", f"task {n}: the words of the deadline lack {words}")
    for i in free:
        v.n["due false"] += sum(h.get("kind") == "due" for h in got["tasks"][i].get("deadlines", []))


def check_bodies(v, exp, got, pairs, free):
    for k, at in enumerate(pairs):
        task = got["tasks"][at] if at is not None else {}
        have = bodies_of(task)
        mine = [b for b in exp["bodies"] if b["task"] == k + 1]
        names = {norm(n) for b in mine for n in allowed(b["name"])}
        for b in mine:
            roles = [r for n, r in have if n in [norm(x) for x in allowed(b["name"])]]
            if b.get("optional"):
                continue
            v.n["bodies true"] += 1
            v.n["bodies found"] += bool(roles)
            right = any(r in allowed(b["role"]) for r in roles)
            v.n["roles right"] += right
            if not roles:
                v.fault("bodies", f"task {k + 1}: no body {allowed(b['name'])[0]}")
            elif not right:
                v.fault("roles", f"task {k + 1}: {allowed(b['name'])[0]} has role {roles[0] or 'not stated'}, not {'/'.join(allowed(b['role']))}")
        for name, _ in have:
            if name not in names:
                v.n["bodies false"] += 1
                v.fault("bodies", f"task {k + 1}: false body {name[:24]}")
        if "bodies" in task:
            answer = {n for n, r in have if r in ("lead", "responsible")}
            if {norm(x) for x in task.get("responsible", [])} != answer:
                v.fault("roles", f"task {k + 1}: `responsible` is not the bodies that lead or answer")
    for i in free:
        v.n["bodies false"] += len(bodies_of(got["tasks"][i]))
    for task in got["tasks"]:
        for name, _ in bodies_of(task):
            if any(norm(words) in name for words in exp["must_not_be_body"]):
                v.fault("bodies", f"{name[:24]} published as a body")


def check_targets(v, exp, got, pairs):
    if exp.get("targets") is None:
        return
    for k, at in enumerate(pairs):
        have = [(str(t.get("value")), norm(t.get("unit"))) for t in (got["tasks"][at].get("targets", []) if at is not None else [])]
        rest = list(have)
        for t in (t for t in exp["targets"] if t["task"] == k + 1):
            hits = [h for h in have if h[0] in allowed(t["value"]) and h[1] in allowed(t["unit"])]
            v.n["targets true"] += 1
            v.n["targets found"] += bool(hits)
            if not hits:
                v.fault("targets", f"task {k + 1}: no target {allowed(t['value'])[0]}{allowed(t['unit'])[0]}")
            for h in hits:
                if h in rest:
                    rest.remove(h)
        v.n["targets false"] += len(rest)
        for h in rest:
            v.fault("targets", f"task {k + 1}: false target {''.join(h)}")


def check_text(v, exp, got):
    blocks = [norm(re.sub(r"\\(.)", r"\1", b)) for b in re.split(r"\n\s*\n", got["markdown"])]
    heads = [norm(l) for l in got["markdown"].splitlines() if l.startswith("#")]
    for s in exp["must_contain"]:
        if not any(norm(s) in b for b in blocks):
            v.fault("text", f"not whole: {s[:24]}")
    for s in exp["must_not_contain"]:
        if any(norm(s) in b for b in blocks):
            v.fault("text", f"holds {s[:24]}")
    for s in exp.get("must_contain_raw") or []:
        if s not in got["markdown"]:
            v.fault("text", f"not as it stands: {s[:24]}")
    for s in exp.get("must_match") or []:
        if not any(re.search(s, b) for b in blocks):
            v.fault("text", f"nothing like {s[:30]}")
    for s in exp.get("headings") or []:
        if not any(norm(s) in h for h in heads):
            v.fault("headings", f"no heading {s[:24]}")
    if exp.get("sections") is not None:
        n = sum(l.startswith("## ") for l in got["markdown"].splitlines())
        if n != exp["sections"]:
            v.fault("headings", f"{n} sections, not {exp['sections']}")


def check_account(v, exp, got):
    acc = got["account"]
    notice = acc.get("structure", {}).get("notice")
    if exp.get("notice") is not None and notice is not None and bool(notice) != exp["notice"]:
        v.fault("notice", "covering notice not recognised" if exp["notice"] else "a covering notice that is none")
    doubts = acc.get("doubts")
    if exp.get("doubt_expected") is not None and doubts is not None:
        like = exp.get("doubt_like")
        some = [d for d in doubts if not like or re.search(like, json.dumps(d, ensure_ascii=False))]
        if exp["doubt_expected"] and not some:
            v.fault("doubts", "no doubt reported" + (f" about {like}" if like else ""))
        if not exp["doubt_expected"] and doubts:
            v.fault("doubts", f"{len(doubts)} doubts about a clear text")


    unlike = exp.get("doubt_unlike")
    wrong = [d for d in doubts or [] if unlike and re.search(unlike, json.dumps(d, ensure_ascii=False))]
    if wrong:
        v.fault("doubts", f"{len(wrong)} doubts like {unlike}")
    counted = acc.get("structure", {}).get("tasks")
    if got["built"] and counted is not None and counted != len(got["tasks"]):
        v.fault("account", f"the import counts {counted} tasks, the site has {len(got['tasks'])}")


def failures(exp, got):
    v = Verdict()
    if got["fault"]:
        v.fault("crash", got["fault"])
    if exp.get("refused") is not None and exp["refused"] != got["refused"]:
        v.fault("refused", "read, not refused" if exp["refused"] else "refused: " + " ".join(got["said"].split())[-110:])
    if exp.get("refused"):
        if got["refused"] and exp.get("refusal_like") and not re.search(exp["refusal_like"], got["said"]):
            v.fault("refused", f"message lacks {exp['refusal_like']}")
        return v
    if not got["built"] and not got["refused"] and not got["fault"] and not exp.get("may_not_build"):
        v.fault("build", f"does not build ({got.get('why')})")
    check_front(v, exp, got)
    found = check_tasks(v, exp, got)
    if found:
        check_deadlines(v, exp, got, *found)
        check_bodies(v, exp, got, *found)
        check_targets(v, exp, got, found[0])
    if not got["refused"]:
        check_text(v, exp, got)
        check_account(v, exp, got)
    return v


def judged(exp, got):
    """The verdict by the reading that fits best; totals are counted by it."""
    readings = [{**exp, **other} for other in [{}] + exp.get("any_of", [])]
    verdicts = [failures(r, got) for r in readings]
    # A reading that says nothing of tasks fits only if it fits wholly: else it would hide what is missing.
    fair = [v for r, v in zip(readings, verdicts) if r.get("task_heads") is not None or not v.faults]
    return min(fair, key=lambda v: len(v.faults))


# --- reporting

def rate(a, b):
    return f"{a}/{b}" + (f" ({100 * a / b:.1f} %)" if b else "")


def totals(results, seconds):
    n = Counter()
    for _, v in results:
        n.update(v.n)
    passed = sum(not v.faults for _, v in results)
    but_roles = sum(v.areas() <= {"roles"} for _, v in results)
    areas = Counter(a for _, v in results for a in v.areas())
    yield f"cases passed          {rate(passed, len(results))}; {but_roles} if roles are left out of account"
    yield f"tasks                 true {n['tasks true']}, found {rate(n['tasks found'], n['tasks true'])}, false {n['tasks false']}"
    yield f"numbers as in source  {rate(n['numbers right'], n['numbers'])} of those found"
    due = n["due found"] + n["due false"]
    yield f"due dates             recall {rate(n['due found'], n['due true'])}, precision {rate(n['due found'], due)}"
    yield f"ongoing               recall {rate(n['ongoing found'], n['ongoing true'])}"
    told = n["bodies found"] + n["bodies false"]
    yield f"bodies                recall {rate(n['bodies found'], n['bodies true'])}, precision {rate(n['bodies found'], told)}"
    yield f"roles right           {rate(n['roles right'], n['bodies true'])}"
    yield f"targets               recall {rate(n['targets found'], n['targets true'])}, precision {rate(n['targets found'], n['targets found'] + n['targets false'])}"
    yield f"titles right          {rate(n['titles right'], n['titles'])}"
    yield f"other front matter    {rate(n['other front matter right'], n['other front matter'])}"
    yield "cases failing in      " + (", ".join(f"{a} {c}" for a, c in areas.most_common()) or "nothing")
    yield f"time                  {seconds:.1f} s"


def cases_in(folders):
    for folder in folders:
        for e in sorted(Path(folder).glob("*.expected.json")):
            stem = e.name[:-len(".expected.json")]
            sources = [p for p in sorted(e.parent.glob(f"{stem}.*")) if ".expected." not in p.name]
            if len(sources) != 1:
                sys.exit(f"{e}: {len(sources)} sources")
            yield stem, sources[0].resolve(), json.loads(e.read_text(encoding="utf8"))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("binary", type=Path)
    ap.add_argument("folders", nargs="+", type=Path)
    ap.add_argument("--only", default="", help="cases whose name holds this")
    ap.add_argument("--jobs", type=int, default=4)
    ap.add_argument("--json", type=Path, help="write faults and counts of each case here")
    ap.add_argument("--show", action="store_true", help="print Markdown and data of each case")
    a = ap.parse_args()
    binary, start = a.binary.resolve(), time.monotonic()
    cases = [c for c in cases_in(a.folders) if a.only in c[0]]
    if not cases:
        sys.exit("no cases")

    def one(case):
        stem, source, exp = case
        with tempfile.TemporaryDirectory(prefix="import-check-") as scratch:
            got = imported(binary, source, exp, scratch)
        got["late"] = time.monotonic() >= END
        return stem, judged(exp, got), got

    # A call that ran into the end of the time for all cases says nothing about its case.
    with ThreadPoolExecutor(a.jobs) as pool:
        done = list(pool.map(one, cases))
    for stem, v, got in done:
        if a.show:
            print(f"==== {stem}\n{got['front']}\n{got['markdown']}\n{json.dumps(got['tasks'], ensure_ascii=False, indent=1)}")
        if v.faults:
            print(f"{stem}: " + "; ".join(w for _, w in v.faults))
    results = [(s, v) for s, v, _ in done]
    print()
    print("\n".join(totals(results, time.monotonic() - start)))
    if a.json:
        a.json.write_text(json.dumps({s: {"faults": v.faults, "counts": v.n} for s, v in results}, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
    late = sum(bool(got["late"]) for _, _, got in done)
    if late:
        print(f"TIME RAN OUT in {late} cases: these figures are no score; try again on a quieter machine, or a folder at a time")
        return 2
    return int(any(v.faults for _, v in results))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        os._exit(1)

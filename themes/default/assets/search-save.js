// The hits of a search as a file: a table for spreadsheets, or references for reference managers.

const FORMATS = { csv: ['text/csv', csv], ris: ['application/x-research-info-systems', ris] };

/** Saves hits as a file that is called as the query. */
export function save(format, query, hits, site) {
  const [type, write] = FORMATS[format];
  const url = URL.createObjectURL(new Blob([write(hits, site)], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name(query)}.${format}`;
  link.click();
  // Some browsers read the file after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A file name without what file systems refuse. */
function name(query) {
  return query.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 60) || 'gongbao';
}

/** The id of a hit as the tables of open data have it: a spreadsheet would take `2023/5` for a month. */
function dotted(id) {
  return id.replace(/\/(?=\d)/, '.task-').replace('/', '.');
}

/** RFC 4180, with cells that a spreadsheet would take for formulas made harmless. */
function csv(hits, { base }) {
  const cell = (value) => {
    const text = String(value ?? '');
    const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(harmless) ? `"${harmless.replace(/"/g, '""')}"` : harmless;
  };
  const head = ['id', 'title', 'plan', 'year', 'section', 'due', 'bodies', 'url'];
  const row = (hit) => [
    dotted(hit.id),
    hit.title,
    hit.plan_title,
    hit.year,
    hit.section,
    hit.deadlines.map((deadline) => deadline.date ?? deadline.kind).join(' '),
    hit.bodies.map((body) => body.label).join('；'),
    new URL(hit.url, base).href,
  ];
  // The mark without which Excel takes UTF-8 for something else.
  return '\ufeff' + [head, ...hits.map(row)].map((cells) => cells.map(cell).join(',')).join('\r\n') + '\r\n';
}

/** RIS: a tag of two letters, two spaces, a hyphen and a space; a record begins with `TY` and ends with `ER`. */
function ris(hits, { base, strings, lang }) {
  const record = (hit) => [
    ['TY', 'GOVDOC'],
    ['TI', hit.title],
    ['T2', hit.plan_title],
    ['AU', strings[`issuer-${hit.plan}`]],
    ['PY', hit.year],
    ['SE', hit.section],
    ['LA', lang],
    ['UR', new URL(hit.url, base).href],
    ['N1', strings.unofficial],
    ['ER', ''],
  ];
  const line = ([tag, value]) => `${tag}  - ${String(value).replace(/\s+/g, ' ')}\r\n`;
  const written = ([tag, value]) => tag === 'ER' || value;
  return hits.map((hit) => record(hit).filter(written).map(line).join('')).join('\r\n');
}

// hoagiai.search(query, options) answers a query from the server behind the
// page, or from the portal's own files. Options are limit, offset, kind,
// field, year; asIs: true takes the query as typed, quick: true reads no more
// pages than are shown. hoagiai.complete(text) says what a query being typed may become.

// fromFiles answers from the files.
const fromFiles = async (text, o) => {
  const start = performance.now();
  const limit = Math.min(o.limit > 0 ? o.limit : 10, 50);
  const offset = Math.min(Math.max(o.offset || 0, 0), 1000);
  const answer = {query: text, understood: '', suggest: [], total: 0, took_ms: 0, facets: {kind: {}, field: {}, year: {}}, hits: []};
  await ready();
  const q = readQuery(text, o.asIs);
  if (core.pages && q.clauses.length) {
    const score = () => {
      spell(q, o.asIs);
      return firstStage(q);
    };
    await lookUp(q);
    let sheet = score();
    if (sheet.pages.length < Math.min(10, core.pages)) {
      await load(q.clauses);
      sheet = score();
    }
    const better = await suggest(q);
    if (better && better != understoodAs(q)) answer.suggest.push(better);
    const first = o.quick ? Math.min(10, limit) : 10;
    const [list, total, counts] = best(q, sheet, [o.kind, o.field, o.year], Math.max(first, offset + limit));
    answer.total = total;
    [answer.facets.kind, answer.facets.field, answer.facets.year] = counts;
    const r = newReader(q);
    const shown = (i) => i >= offset && i < offset + limit;
    const read = await Promise.all(list.map(async (p, i) =>
      (i < first || shown(i)) && readEntry(r, await entryOf(p.page), p.score)));
    const ranked = read.slice(0, first).sort((a, b) => b.tier - a.tier || b.score - a.score);
    for (const c of read.slice(first)) if (c) c.score = c.first;
    answer.hits = [...ranked, ...read.slice(first)].filter((c, i) => shown(i)).map((c) => hit(r, c));
  }
  const understood = understoodAs(q);
  if ((q.read || q.cut) && understood != text) answer.understood = understood;
  answer.took_ms = performance.now() - start;
  return answer;
};

// understoodAs is the query with its syllables as they were read.
const understoodAs = (q) => {
  let text = '';
  let end = 0;
  for (const s of q.syllables) {
    if (s.whole) continue;
    const meant = s.exact || s.typed;
    text += q.text.slice(end, s.start) + (meant == s.original ? q.text.slice(s.start, s.end) : shown(meant));
    end = s.end;
  }
  return text + q.text.slice(end);
};

// ask puts a question to the server, where there is one: the file api.js says.
const ask = async (path, parameters) => {
  if (!/^http/.test(root) || !await file('api').catch(() => 0)) return null;
  const query = new URLSearchParams();
  for (const name in parameters) if (parameters[name]) query.set(name, parameters[name]);
  try {
    const response = await fetch(root + 'api/' + path + '?' + query);
    return response.ok ? await response.json() : null;
  } catch {
    return null; // the network is gone, the files may be in the cache
  }
};

const search = async (text, options = {}) => {
  const {asIs, quick, ...others} = options;
  return await ask('search', {q: text, asis: asIs && 1, quick: quick && 1, ...others}) || fromFiles(text, options);
};

const complete = async (text) => await ask('complete', {q: text}) || completeFromFiles(text);

window.hoagiai = {search, complete};


// What a query means; the twin of package rank's query.go, groups.go,
// choose.go and accents.go, where the reasons are written.

const maxBytes = 1024;
const maxSyllables = 96;
const glued = /(^|[\t\n\f\r ])(nđ|nd|qđ|qd|nq|tt|ct|luật|luat)(\d)/gi;

// trimmed takes the white space that Go takes.
const trimmed = (text) => text.replace(/^(?:(?!\ufeff)[\s\x85])+|(?:(?!\ufeff)[\s\x85])+$/g, '');

// cut trims a text to what a query may have; bytes are those of UTF-8.
const cut = (text) => {
  text = trimmed(text);
  let bytes = 0;
  let end = 0;
  for (const c of text) {
    const code = c.codePointAt(0);
    bytes += 1 + (code > 0x7f) + (code > 0x7ff) + (code > 0xffff);
    if (bytes > maxBytes) return [trimmed(text.slice(0, end)), true];
    end += c.length;
  }
  return [text, false];
};

// Phrases are lists of folded syllables by the first; match gives the length
// of the longest that begins a list.
const newPhrases = (list) => {
  const phrases = new Map();
  for (const text of list) {
    const words = text.split(' ');
    phrases.set(words[0], [...phrases.get(words[0]) || [], words]);
  }
  return phrases;
};
const match = (phrases, list) => Math.max(0, ...(phrases.get(list[0].folded) || [])
  .filter((words) => words.length <= list.length && words.every((w, i) => list[i].folded == w && !list[i].whole))
  .map((words) => words.length));

// mark calls f for each syllable of a phrase and returns how many are in none.
const mark = (syllables, phrases, f) => {
  let others = 0;
  for (let i = 0; i < syllables.length;) {
    const n = match(phrases, syllables.slice(i));
    syllables.slice(i, i + n).forEach(f);
    if (!n) others++;
    i += n || 1;
  }
  return others;
};

// Groups find words that have another name.
const capitals = (text) => (text.match(/\p{Lu}(?=)/gu) || []).length;
const newGroups = (groups) => {
  const first = new Map();
  for (const group of groups) {
    const forms = group.map((text) => ({
      words: tokens(text).filter((t) => !t.whole),
      capped: capitals(text) > 1 && !text.includes(' '),
    })).filter((f) => f.words.length);
    for (const f of forms) {
      f.others = forms.filter((o) => o != f);
      const term = f.words[0].term;
      first.set(term, [...first.get(term) || [], f].sort((a, b) => b.words.length - a.words.length));
    }
  }
  return first;
};
const formAt = (text, list, at) => (core.groups.get(list[at].term) || []).find((f) =>
  at + f.words.length <= list.length &&
  !(f.capped && capitals(text.slice(list[at].start, list[at].end)) < 2) &&
  f.words.every((w, i) => {
    const t = list[at + i];
    return t.term == w.term && !t.whole && (!i || t.joined || text.slice(list[at + i - 1].end, t.start) == ', ');
  }));

// readQuery cuts a query into syllables and clauses.
const readQuery = (typedText, asIs) => {
  const q = {syllables: [], clauses: [], known: new Map(), size: 0, read: false};
  [q.text, q.cut] = cut(typedText);
  q.text = q.text.replace(glued, '$1$2 $3');
  let whole;
  for (const t of tokens(q.text)) {
    if (q.size == maxSyllables) {
      q.text = trimmed(q.text.slice(0, t.start));
      q.cut = true;
      break;
    }
    const s = {...t, original: t.term, typed: t.term, folded: fold(t.term)};
    if (s.whole) {
      whole = s;
    } else {
      s.part = !!whole && s.start < whole.end;
      q.size++;
      const meant = !asIs && !s.part && !core.words.has(s.folded) && typed(s.typed);
      if (meant && core.words.get(fold(meant)) > 0) {
        s.typed = meant;
        s.folded = fold(meant);
        q.read = true;
      }
    }
    q.syllables.push(s);
  }
  if (!mark(q.syllables, core.asking, (s) => s.asking = true)) q.syllables.forEach((s) => s.asking = false);
  mark(q.syllables, core.types, (s) => s.document = true);
  makeClauses(q);
  return q;
};

const makeClauses = (q) => {
  const w = core.weights;
  const get = (folded, pair, weight) => {
    let c = q.known.get(folded);
    if (!c) {
      c = {folded, pair, weight: 0, spellings: [], index: q.clauses.length};
      q.known.set(folded, c);
      q.clauses.push(c);
    }
    c.weight = Math.max(c.weight, weight);
    return c;
  };
  const weight = (s) => s.asking ? w.asking : 1;
  let last;
  let own = 0;
  let others = 0;
  q.syllables.forEach((s, i) => {
    s.single = get(s.folded, false, weight(s));
    if (!s.part && !s.document) {
      if (s.whole || i > 0 && q.syllables[i - 1].document && /^\d*$/.test(s.folded)) {
        get('#' + s.folded, false, w.number);
        own++;
      } else {
        others++;
      }
    }
    if (s.whole) return;
    if (s.joined && last) {
      s.pair = get(last.folded + ' ' + s.folded, true, (weight(last) + weight(s)) / 2);
      s.before = last;
    }
    last = s;
  });
  q.numbered = own > 0 && !others;
};

// What is looked up.
const inverse = (n, df) => Math.log(1 + (n - df + 0.5) / (df + 0.5));
const wordPages = (step) => 2 ** (step / 4);
const estimate = (folded) => inverse(core.pages, core.words.has(folded) ? Math.min(core.pages, wordPages(core.words.get(folded))) : 1);
const isDense = (folded) => wordPages(core.words.get(folded)) > 2000 + 0.05 * core.pages;
const listed = (spellings) => Math.max(...[0, 1].map((f) => spellings.reduce((sum, s) => sum + s.fields[f].length, 0)));

const load = (list) => Promise.all(list.map(async (c) => {
  if (c.loaded) return;
  c.spellings = await spellingsOf(c.folded, c.pair);
  c.loaded = true;
  const pages = listed(c.spellings);
  if (pages) c.idf = inverse(core.pages, Math.min(pages, core.pages));
}));

const lookUp = async (q) => {
  const content = new Set(q.syllables.filter((s) => !s.part && !s.asking).map((s) => s.single));
  const value = new Map();
  for (const c of q.clauses) if (!c.pair) c.idf = estimate(c.folded);
  for (const s of q.syllables) {
    if (!s.pair) continue;
    const [a, b] = [s.before.single.idf, s.single.idf];
    s.pair.idf = Math.max(a, b);
    value.set(s.pair, Math.min(a, b));
  }
  const pairs = [];
  const singles = [];
  const late = [];
  for (const c of q.clauses) {
    if (c.pair) {
      if (c.weight != core.weights.asking) pairs.push(c);
    } else if (c.folded[0] == '#') {
      value.set(c, Infinity);
      singles.push(c);
    } else if (content.has(c)) {
      value.set(c, c.idf);
      (isDense(c.folded) ? late : singles).push(c);
    }
  }
  const best = (list, most) => list.sort((a, b) => value.get(b) - value.get(a) || 0).slice(0, most);
  await load([...best(pairs, 24), ...best(singles, 12)]);
  const covers = (p) => p && (p.spellings.length || !p.loaded);
  const need = new Set(q.syllables.filter((s, i) => !covers(s.pair) && !covers((q.syllables[i + 1] || s).pair)).map((s) => s.single));
  await load(late.filter((c) => need.has(c)));
};

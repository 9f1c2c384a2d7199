// The second stage: pages read for their best paragraph, and the excerpts; the
// twin of package rank's second.go and excerpt.go.

// newReader knows the clauses of a query by the terms of texts.
const newReader = (q) => {
  const singles = new Map();
  const pairs = new Map();
  for (const s of q.syllables) if (s.pair) pairs.set(s.before.single.index * 1e4 + s.single.index, s.pair);
  const single = (term) => {
    if (!singles.has(term)) singles.set(term, q.known.get(fold(term)));
    return singles.get(term);
  };
  // scan lists the clauses found in a text, and its length in syllables.
  const scan = (text) => {
    const hits = [];
    let size = 0;
    const note = (last, word, joined, from, start, end) => {
      const c = single(word.term);
      if (!c) return;
      hits.push({c, start, end, exact: c.exact == word.term});
      const before = joined && last && single(last.term);
      const p = before && pairs.get(before.index * 1e4 + c.index);
      if (p) hits.push({c: p, start: from, end, exact: p.exact == last.term + ' ' + word.term});
    };
    const list = tokens(text);
    let last;
    list.forEach((t, i) => {
      note(last, t, t.joined && !t.whole, last && last.start, t.start, t.end);
      if (!t.whole) {
        last = t;
        size++;
      }
      const form = formAt(text, list, i);
      if (!form) return;
      const end = list[i + form.words.length - 1].end;
      for (const other of form.others) {
        other.words.forEach((word, j) => note(other.words[j - 1], word, word.joined, t.start, t.start, end));
      }
    });
    return [hits, size];
  };
  return {q, scan};
};

// readEntry finds the best paragraph of a page.
const readEntry = (r, entry, score) => {
  const names = [entry.title, ...entry.names];
  const [title, titleSize] = r.scan(names.join('. '));
  let tier = Math.max(...names.map((name) => same(r.q, name)));
  if (r.q.numbered && entry.number && numberForms(entry.number).some((n) => r.q.known.has('#' + n)) &&
    r.q.syllables.every((s) => s.part || s.whole || title.some((h) => h.c == s.single))) tier = 2;
  let block = -1;
  let most = worth(r.q, title, [], titleSize);
  entry.blocks.forEach(([, text], i) => {
    const [hits, size] = r.scan(text);
    if (!hits.length) return;
    const w = worth(r.q, title, hits, titleSize + size);
    if (block < 0 || w > most) {
      block = i;
      most = w;
    }
  });
  return {entry, tier, block, first: score, score: most + core.weights.second.page * score};
};

// same: 2 when a name is the query, 1 when it is but for accents
// that were not typed.
const same = (q, name) => {
  const list = tokens(name);
  if (list.length != q.syllables.length) return 0;
  let tier = 2;
  for (let i = 0; i < list.length; i++) {
    const s = q.syllables[i];
    if (fold(list[i].term) != s.folded) return 0;
    if (list[i].term == s.typed || list[i].term == s.exact) continue;
    if (s.typed != s.folded) return 0;
    tier = 1;
  }
  return tier;
};

const numberForms = (number) => {
  number = fold(number.replace(syllables, key));
  return [number, ...[...number.matchAll(/(?!^)[/-]/g)].map((m) => number.slice(0, m.index))];
};

const worth = (q, title, text, size) => {
  const w = core.weights.second;
  const frequency = q.clauses.map(() => 0);
  const exact = q.clauses.map(() => 0);
  const count = (list, times) => {
    for (const h of list) {
      frequency[h.c.index] += times;
      if (h.exact) exact[h.c.index] += times;
    }
  };
  count(title, w.title);
  count(text, 1);
  const norm = w.k1 * (1 - w.b + w.b * size / w.mean);
  let sum = 0;
  for (const c of q.clauses) {
    const tf = frequency[c.index];
    if (!tf) continue;
    const x = exact[c.index];
    let part = (1 - c.share) * (tf / (tf + norm));
    if (x) part += c.share * (x / (x + norm));
    sum += c.weight * c.idf * (w.k1 + 1) * (c.pair ? w.pair : 1) * part;
  }
  return sum;
};

// hit is a page as answers show it.
const excerptLength = 240;
const hit = (r, candidate) => {
  const {url, title, kind, field, date, headings, blocks} = candidate.entry;
  const h = {url, anchor: '', heading: '', title, kind, field, date, score: candidate.score, excerpt: '', marks: []};
  const at = Math.max(0, candidate.block);
  if (!blocks[at]) return h;
  let [under, text] = blocks[at];
  if (headings[under]) [h.anchor, h.heading] = headings[under];
  const next = blocks[at + 1];
  if (text == h.heading && next && next[0] == under) text = next[1];
  [h.excerpt, h.marks] = excerpt(text, worthMarking(r.q, r.scan(text)[0]));
  return h;
};

const worthMarking = (q, hits) => {
  const has = new Set(hits.map((h) => h.c));
  const part = new Set();
  for (const s of q.syllables) if (has.has(s.pair)) part.add(s.single).add(s.before.single);
  return hits.filter((h) => !part.has(h.c) && h.c.weight > core.weights.asking);
};

const excerpt = (text, hits) => {
  hits.sort((a, b) => a.start - b.start || a.end - b.end);
  const [from, to] = part(text, hits);
  const head = from > 0 ? '… ' : '';
  return [head + text.slice(from, to) + (to < text.length ? ' …' : ''), marksOf(text, hits, from, to, head.length - from)];
};

// marksOf are the hits as ranges, neighbours joined.
const marksOf = (text, hits, from, to, shift) => {
  hits.sort((a, b) => a.start - b.start || a.end - b.end);
  const marks = [];
  let end = from;
  for (const h of hits) {
    if (h.start < from || h.end > to || h.end <= end) continue;
    const start = Math.max(h.start, end);
    if (marks.length && (start == end || start == end + 1 && text[end] == ' ')) marks[marks.length - 1][1] = h.end + shift;
    else marks.push([start + shift, h.end + shift]);
    end = h.end;
  }
  return marks;
};

// part chooses where the most different clauses stand together.
const part = (text, hits) => {
  if (text.length <= excerptLength) return [0, text.length];
  const nextWord = (at) => {
    const space = text.indexOf(' ', at);
    return (space < 0 ? text.length : space) + 1;
  };
  let first = 0;
  let most = 0;
  hits.forEach((h, i) => {
    const seen = new Set();
    for (let j = i; j < hits.length && hits[j].start <= h.start + excerptLength * 3 / 4; j++) seen.add(hits[j].c);
    if (seen.size > most) {
      first = h.start;
      most = seen.size;
    }
  });
  let from = Math.max(0, Math.min(first - excerptLength / 4, text.length - excerptLength));
  if (from > 0) from = Math.min(first, nextWord(from));
  let to = from + excerptLength;
  if (to >= text.length) return [from, text.length];
  while (to > from + excerptLength / 2 && text[to] != ' ') to--;
  if (text[to] != ' ') {
    to = from + excerptLength;
    if (/[\ud800-\udfff]/.test(text[to])) to--;
  }
  return [from, to];
};

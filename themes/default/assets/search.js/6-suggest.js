// What may have been meant, and what a query being typed may become; the twin
// of package rank's suggest.go.

// suggest is the query with unknown syllables replaced, '' when all are known.
const suggest = async (q) => {
  if (q.syllables.filter(unknown).length > 3) return '';
  let text = '';
  let end = 0;
  for (const [i, s] of q.syllables.entries()) {
    if (s.whole || s.part || s.asking) continue;
    const instead = await meant(q, i);
    if (!instead) continue;
    text += q.text.slice(end, s.start) + instead;
    end = s.end;
  }
  if (!end) return '';
  const better = readQuery(text + q.text.slice(end));
  await lookUp(better);
  spell(better);
  return understoodAs(better);
};

const unknown = (s) => !core.words.has(s.folded) && !s.single.spellings.length;

const meant = async (q, i) => {
  const s = q.syllables[i];
  const [before, behind] = [q.syllables[i - 1], q.syllables[i + 1]];
  const next = behind && behind.pair;
  if (!unknown(s)) return s.typed == s.folded || hasAccents(s, next) ? '' : s.folded;
  if (!/^[a-z]{1,10}$/.test(s.folded)) return '';
  let word = '';
  let most = -1;
  for (const w of neighbours(s.folded)) {
    let n = 0;
    if (s.pair) n += listed(await spellingsOf(before.folded + ' ' + w, true));
    if (next) n += listed(await spellingsOf(w + ' ' + behind.folded, true));
    if (n > most) [word, most] = [w, n];
  }
  return word;
};

// hasAccents: pages have the syllable as it is typed, or nobody knows.
const hasAccents = (s, next) => {
  const all = [
    ...s.single.spellings.map((p) => p.exact),
    ...(s.pair ? s.pair.spellings : []).map((p) => p.exact.split(' ')[1]),
    ...(next ? next.spellings : []).map((p) => p.exact.split(' ')[0]),
  ];
  return !all.length || all.includes(s.typed);
};

// commonest sorts words by how many pages have them.
const commonest = (words) => words.sort((a, b) => core.words.get(b) - core.words.get(a) || (a < b ? -1 : 1));

const neighbours = (word) => {
  const list = new Set();
  const add = (w) => core.words.has(w) && list.add(w);
  for (let i = 0; i <= word.length; i++) {
    const [head, tail] = [word.slice(0, i), word.slice(i)];
    if (tail) add(head + tail.slice(1));
    if (tail[1]) add(head + tail[1] + tail[0] + tail.slice(2));
    for (const c of 'abcdefghijklmnopqrstuvwxyz') {
      add(head + c + tail);
      if (tail) add(head + c + tail.slice(1));
    }
  }
  return commonest([...list]).slice(0, 3);
};

// following lists the terms whose folded form begins so.
const following = async (prefix, pair) => {
  const key = keyOf(prefix);
  const names = core.first[+pair].filter((first) => first.startsWith(key)).map((first) => shardOf(first, pair));
  const shards = await Promise.all([...new Set([shardOf(key, pair), ...names])].map(shard));
  return shards.flatMap((terms) => [...terms].filter(([k]) => k.startsWith(key)));
};

// completeFromFiles lists what a query being typed may become.
const completeFromFiles = async (text) => {
  await ready();
  const q = readQuery(text);
  const last = q.syllables[q.syllables.length - 1];
  if (!last || q.cut || !text.replace(/[\r\n]+$/, '').endsWith(q.text.slice(last.start)) || last.whole || last.part) return [];
  // The canonical form is that of a whole syllable: "vi" would be "vy".
  const prefix = last.typed == last.original ? fold(q.text.slice(last.start, last.end)) : last.folded;
  if (!/^[a-z]*$/.test(prefix)) return [];
  if (!q.syllables[1]) {
    const begins = (first) => fold(first).startsWith(prefix) && keeps(last.typed, first);
    return core.starts.filter((pair) => begins(pair.split(' ')[0])).slice(0, 8).map((pair) => pair.split(' ').map(shown).join(' '));
  }
  if (!last.pair || !prefix[1]) return []; // one letter says too little for what it loads
  const before = readQuery(q.text.slice(0, last.start));
  await lookUp(before);
  spell(before);
  const head = trimmed(understoodAs(before)) + ' ';
  return (await following(last.before.folded + ' ' + prefix, true)).map(([key, spellings]) => {
    const c = {key, exact: '', most: 0, all: 0};
    for (const s of spellings) {
      const n = listed([s]);
      const tail = s.exact.split(' ')[1];
      if (!keeps(last.typed, tail)) continue;
      c.all += n;
      if (n > c.most || n == c.most && tail < c.exact) [c.exact, c.most] = [tail, n];
    }
    return c;
  }).filter((c) => c.most).sort((a, b) => b.all - a.all || (a.key < b.key ? -1 : 1)).slice(0, 8).map((c) => head + shown(c.exact));
};

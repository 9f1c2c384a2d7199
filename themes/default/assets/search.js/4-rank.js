// How pages are ordered; the twin of package rank's accents.go, board.go,
// second.go and excerpt.go, where the reasons are written. Every sum is made
// in the same order as there, so that scores agree to the last bits.

// spell sets the spelling of every syllable and, from them, what clauses want.
const spell = (q, asIs) => {
  const accented = q.syllables.some((s) => s.typed != s.folded);
  for (const s of q.syllables) s.exact = s.typed;
  for (const c of q.clauses) {
    c.exact = '';
    c.share = 0;
  }
  if (!asIs) {
    let run = [];
    for (const s of q.syllables) {
      if (s.whole) continue;
      if (!s.pair) {
        restore(q, run, accented);
        run = [];
      }
      run.push(s);
    }
    restore(q, run, accented);
  }
  for (const s of q.syllables) {
    if (s.whole || s.part || asIs && !accented) s.exact = '';
    settle(s.single, s.exact);
    if (s.pair) settle(s.pair, s.before.exact && s.exact && s.before.exact + ' ' + s.exact);
  }
};

const settle = (c, exact) => {
  const w = core.weights;
  if (!exact || c.exact || c.weight <= w.asking) return;
  if (c.loaded && !c.spellings.some((s) => s.exact == exact)) return;
  c.exact = exact;
  c.share = w.exact[+c.pair];
};

// restore reads a run of joined syllables by the forward-backward algorithm.
const restore = (q, run, accented) => {
  const sum = (list, f) => list.reduce((total, st) => total + f(st), 0);
  const normalise = (list, name) => {
    const total = sum(list, (st) => st[name]);
    for (const st of list) st[name] /= total;
  };
  const chain = run.map((s, i) => states(s, i > 0, run[i + 1] && run[i + 1].pair, accented));
  chain.forEach((list, i) => {
    for (const st of list) {
      st.forward = st.weight;
      if (i) st.forward *= sum(chain[i - 1], (u) => u.forward * link(run[i].pair, u.exact, st.exact));
    }
    normalise(list, 'forward');
  });
  for (let i = chain.length - 1; i >= 0; i--) {
    for (const st of chain[i]) {
      st.backward = 1;
      if (chain[i + 1]) st.backward = sum(chain[i + 1], (u) => u.backward * u.weight * link(run[i + 1].pair, st.exact, u.exact));
    }
    normalise(chain[i], 'backward');
  }
  run.forEach((s, i) => {
    const share = (st) => st.forward * st.backward;
    const likeliest = chain[i].reduce((a, b) => share(b) > share(a) ? b : a);
    s.exact = '';
    if (share(likeliest) >= 0.6 * sum(chain[i], share)) {
      s.exact = likeliest.exact;
      q.read = q.read || s.exact != s.typed;
    }
  });
};

const states = (s, joined, next, accented) => {
  const list = [];
  const add = (exact, weight) => {
    const st = list.find((st) => st.exact == exact);
    if (st) st.weight += weight;
    else list.push({exact, weight});
  };
  const pairs = [];
  if (joined) for (const p of s.pair.spellings) pairs.push(p.exact.split(' ')[1]);
  if (next) for (const p of next.spellings) pairs.push(p.exact.split(' ')[0]);
  for (const exact of pairs) add(exact, 0);
  for (const p of s.single.spellings) add(p.exact, listed([p]));
  if (pairs.length) for (const st of list) st.weight = 1; // their links weigh the states
  const bare = s.typed == s.folded;
  if (!bare && list.some((st) => st.exact == s.typed)) return [{exact: s.typed, weight: 1}];
  const kept = list.filter((st) => keeps(s.typed, st.exact));
  if (!kept.length) return [{exact: s.typed, weight: 1}];
  if (accented && bare) for (const st of kept) if (st.exact == s.typed) st.weight *= 20;
  return kept;
};

const link = (pair, first, second) => {
  if (!pair.spellings.length) return 1;
  const found = pair.spellings.find((s) => s.exact == first + ' ' + second);
  return found ? listed([found]) : 0.05;
};

const keeps = (typedForm, spelling) => {
  const marks = (text) => lower(text).match(/[đ\p{Mn}](?=)/gu) || [];
  const have = marks(spelling);
  return marks(typedForm).every((m) => {
    const i = have.indexOf(m);
    return i >= 0 && have.splice(i, 1);
  });
};

// firstStage adds up the clauses' parts on a sheet with a line a page.
const firstStage = (q) => {
  const w = core.weights;
  const line = (type) => new type(core.pages);
  const sheet = {score: line(Float64Array), titles: line(Uint16Array), pages: [], clauses: 0};
  const seen = line(Uint8Array);
  const all = line(Uint16Array); // frequency of the clause at hand, all spellings
  const exact = line(Uint16Array); // and of the spelling asked for
  for (const c of q.clauses) {
    if (!c.spellings.length) continue;
    if (c.folded[0] != '#') sheet.clauses++;
    for (const field of [0, 1]) {
      const touched = [];
      for (const s of c.spellings) {
        for (const posting of s.fields[field]) {
          const page = posting >> 2;
          if (!all[page]) touched.push(page);
          all[page] += 1 << (posting & 3);
          if (s.exact == c.exact) exact[page] = 1 << (posting & 3);
        }
      }
      const weight = c.weight * (c.pair ? w.pair : w.single)[field] * ((w.k1 + 1) * inverse(core.pages, touched.length));
      const flat = w.k1 * (1 - w.b[field]);
      const slope = w.k1 * w.b[field] / core.mean[field];
      for (const page of touched) {
        const norm = flat + slope * 2 ** (core.sizes[field][page] / 2);
        let part = (1 - c.share) * (all[page] / (all[page] + norm));
        if (exact[page]) part += c.share * (exact[page] / (exact[page] + norm));
        if (!seen[page]) sheet.pages.push(page);
        seen[page] = 1;
        sheet.score[page] += weight * part;
        if (!field) sheet.titles[page]++;
        all[page] = exact[page] = 0;
      }
    }
  }
  return sheet;
};

// best filters the pages of a sheet, counts them by kind, field and year, and
// returns the first `keep` in order: [pages, total, counts].
const best = (q, sheet, filter, keep) => {
  const want = filter.map((name, i) => {
    if (!name) return -1;
    const n = core.facets[i].names.indexOf(name);
    return n < 0 ? Infinity : n;
  });
  const tally = core.facets.map((f) => f.names.map(() => 0));
  const step = q.size < 1 ? 0 : Math.round(2 * Math.log2(q.size));
  const before = (a, b) => b.exact - a.exact || b.score - a.score || a.page - b.page;
  const list = [];
  let total = 0;
  for (const page of sheet.pages) {
    let misses = 0;
    let missed = 0;
    for (let i = 0; i < 3; i++) {
      if (want[i] < 0 || core.facets[i].of[page] == want[i]) continue;
      misses++;
      missed = i;
    }
    for (let i = 0; i < 3; i++) if (!misses || misses == 1 && missed == i) tally[i][core.facets[i].of[page]]++;
    if (misses) continue;
    total++;
    const p = {page, exact: sheet.titles[page] == sheet.clauses && core.sizes[0][page] == step, score: Math.round(sheet.score[page] * 1e9) / 1e9};
    if (list.length == keep && before(p, list[keep - 1]) > 0) continue;
    let at = list.length;
    while (at && before(p, list[at - 1]) < 0) at--;
    list.splice(at, 0, p);
    if (list.length > keep) list.pop();
  }
  const counts = tally.map((t, i) => {
    const named = {};
    t.forEach((n, k) => core.facets[i].names[k] && n && (named[core.facets[i].names[k]] = n));
    return named;
  });
  return [list, total, counts];
};

// Vietnamese text in the browser, to the letter as package viet has it in Go:
// both read the tables in internal/viet/testdata. Every function is pure.
//
// Tones are moved in decomposed text (NFD), where a tone is a character of its
// own, so that one rule serves all five and no table of letters is needed.

// tones are the marks sắc, huyền, hỏi, ngã and nặng, as VNI's keys 1 to 5.
const tones = '\u0301\u0300\u0309\u0303\u0323';

// lower gives the lower-case form, decomposed. İ and Σ go first, since browsers
// make two characters of the one and look at the neighbours of the other.
const lower = (text) => text.normalize().replaceAll('İ', 'i').replaceAll('Σ', 'σ').toLowerCase().normalize('NFD');

// memo remembers the answers of a function: a language has few syllables. It
// forgets all when there are too many, so that a phone keeps its memory.
const memo = (f) => {
  const known = new Map();
  return (text) => {
    let answer = known.get(text);
    if (answer == null) {
      if (known.size > 2e4) known.clear();
      known.set(text, answer = f(text));
    }
    return answer;
  };
};

// key is the canonical form of a syllable: "hoà" is "hòa" (the tone of an open
// oa, oe or uy stands on its first letter, but "quý" is q + uý), "lí" is "lý".
const movedTone = RegExp(`(o(?=[ae])|(?:^|[^q])u(?=y))(.)([${tones}])$`);
const loneI = RegExp(`^([hklmstv]|qu)i([${tones}]?)$`);
const key = memo((syllable) => lower(syllable).replace(movedTone, '$1$3$2').replace(loneI, '$1y$2').normalize());

// fold is the text in lower case without accents.
//
// The empty (?=) here and below matches everywhere and changes nothing: the Go
// engine of the tests knows \p only in a pattern that looks ahead.
const accents = /\p{Mn}(?=)/gu;
const fold = memo((text) => lower(text).replace(accents, '').replaceAll('đ', 'd').normalize());

// shown is a key as people write it, with i where the key has y ("vỵ").
const withY = RegExp(`^([vs]|[th](?=y[${tones.replace('\u0309', '')}])|m(?!y\u0303))y(?=[${tones}]?$)`);
const shown = (key) => key.normalize('NFD').replace(withY, '$1i').normalize();

// tokens cuts a text into its terms. A run of letters, marks and numbers is a
// syllable; `joined` says that only spaces part it from the one before.
// Syllables tied by single slashes and hyphens are a document number when a
// slash and a digit are among them: the `whole` comes before its parts.
// start and end count UTF-16 units.
const number = /\p{N}(?=)/u;
const syllables = /[\p{L}\p{M}\p{N}]+(?=)/gu;
const runs = /([\p{L}\p{M}\p{N}]+((?:[-/][\p{L}\p{M}\p{N}]+)*))|[^ \n\t\r\xa0](?=)/gu; // or one that is no space
const tokens = (text) => {
  const list = [];
  const add = (from, term, start, joined, whole) => list.push({term, start, end: start + from.length, joined, whole});
  let joined = false;
  for (let found; (found = runs.exec(text));) {
    const [, run, tied] = found;
    if (run) {
      if (run.includes('/') && number.test(run)) add(run, run.replace(syllables, key), found.index, false, true);
      let start = found.index;
      for (const part of tied ? run.split(/[-/]/) : [run]) {
        add(part, key(part), start, joined, false);
        start += part.length + 1;
        joined = false;
      }
    }
    joined = !!run;
  }
  return list;
};

// wellFormed is an onset and a rime, its vowels as VNI keys them. A row has the
// nuclei that take the same codas. "gie6ng" is g + ie6ng, "quynh" q + uynh.
const wellFormed = RegExp(`^(qu|gi|[^aeiouyw]*)(${[
  'ai|ao|au6?|ay6?|eo|eu6|ia|ieu6|iu|oa[ioy]|oeo|oi[67]?|ua7?|uay6|ui7?|uo7|uoi[67]|uou7|uu7|uya|uyu|y|yeu6',
  '(a|oa)(|c|ch|m|n|ng|nh|p|t)',
  '(e|o|o6|u)(|c|m|n|ng|p|t)',
  '(a6|a8|ie6|oa8|uo7)(c|m|n|ng|p|t)',
  '(e6|i)(|ch|m|n|nh|p|t)',
  'o7(|m|n|p|t)',
  'u7(|c|m|n|ng|t)',
  'uo6(c|m|n|ng|t)',
  'oe(|m|n|ng|t)',
  'ye6(m|n|ng|t)',
  'ua6(n|ng|t)',
  'ue6(|ch|nh)',
  'uy(|ch|n|nh|p|t)',
  'uye6(n|t)',
].join('|')})$`);

// misspelled is found where an onset and a rime exist but do not meet: k, gh
// and ngh stand for c, g and ng before e, i and y alone, and so on.
const misspelled = /^(c|ng)[eiy]|^g(e|ii)|^n?gh[aou]|^k[ou]|^ie|[bcdđginprx]y|.hy|[^u]ye|^qu(u|o([^67]|6[^c]|6?$|7.))|^(c|gi)uy|^([bcmpv]|ph|gi)(o[ae]|u(e|a6|ay|o7$))/;

// vniOf turns the Telex keys of a rime into those of VNI: "uwowcs" is
// "u7o7c1". A key's place in the string is its digit; w is 8 on an a, as in
// "oaw", but 7 when a u comes first, as in "uaw".
const vniOf = (rime) => rime
  .replace(/^w/, 'uw')
  .replace(/aa|ee|oo/g, (pair) => pair[0] + 6)
  .replace(/[sfrxjzwd]/g, (k) => 'zsfrxj-w-d'.indexOf(k) + (k == 'w' && /^[^uw]*a/.test(rime)));

// shapes are the letters that the keys 6, 7 and 8 change in a known rime, and
// the marks they put there.
const shapes = {6: [/[aeo]/, '\u0302'], 7: [/^u(?!o$)|o/g, '\u031b'], 8: [/a/, '\u0306']};

// typed reads a syllable typed without an input method, in the keys of Telex
// ("hoaf") or VNI ("hoa2"), and returns its key, "hòa"; "" when it holds no key
// or would not be a syllable of Vietnamese. "test" is "tét": ask only about
// words that are not known.
const typed = (syllable) => {
  let [, onset, rime] = /^(?!gi[^aeiouyw].*[aeiouyw])(qu|gi|d9|dd|tr|ngh?|[cgknpt]h?|[bdhlmrsvx]|)([aeiouyw][a-z\d]*)$/.exec(lower(syllable)) || [];
  if (!rime) return '';
  if (!/\d/.test(onset + rime)) rime = vniOf(rime);
  const keys = onset.replace('dd', 'd9') + rime.replace('u7o7', 'uo7');
  const without = (others) => keys.replace(others, '');
  const tone = without(/[^0-5]/g);
  const shape = without(/[^678]/g);
  const bar = without(/[^9]/g);
  if (bar && bar + onset[0] != '9d') return '';
  if (bar) onset = 'đ';
  rime = rime.replace(/\d/g, '');
  const spelled = onset + rime.replace(/[aeiouy]+/, '$&' + shape);
  if (
    !(tone + shape + bar) ||
    !/^([1-5]0?)?$/.test(tone) || // 0 takes a tone back
    /[cpt]h?[234]$/.test(rime + tone) || // a stop takes sắc or nặng alone
    misspelled.test(spelled) ||
    !wellFormed.test(spelled)
  ) return '';
  if (shape) rime = rime.replace(shapes[shape][0], '$&' + shapes[shape][1]);
  // The tone stands behind the last letter with a shape; without one, behind
  // the second of two vowels when something follows it; else behind the first.
  // There is no tone 0 or 20.
  return key(onset + rime.replace(/^.*[\u0302\u031b\u0306]|^.[aeiouy](?=.)|^./, '$&' + (tones[tone - 1] || '')));
};

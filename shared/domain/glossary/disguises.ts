import type { Reading } from './letters.ts'

/**
 * What stands in for a letter. Kazakh letters are often typed as the Russian ones they resemble, and that is a spelling
 * of the same script; the rest (look-alikes of another script, digits, signs) is a disguise.
 */
const kazakh = { г: 'ғ', к: 'қ', а: 'ә', у: 'үұ', н: 'ң', о: 'ө', и: 'і', ы: 'і', х: 'һ' }

const latinForCyrillic = {
  a: 'а',
  b: 'вбь',
  c: 'сц',
  d: 'д',
  e: 'е',
  f: 'ф',
  g: 'г',
  h: 'нхһ',
  i: 'иі',
  j: 'й',
  k: 'к',
  l: 'л',
  m: 'м',
  n: 'пни',
  o: 'о',
  p: 'рп',
  q: 'қ',
  r: 'гр',
  s: 'с',
  t: 'т',
  u: 'иуй',
  v: 'в',
  w: 'ш',
  x: 'х',
  y: 'ую',
  z: 'з',
  0: 'о',
  1: 'ил',
  3: 'зе',
  4: 'ч',
  6: 'б',
  8: 'в',
  9: 'я',
  '@': 'ао',
  $: 'с',
  '€': 'е',
  '¢': 'с',
  '!': 'и',
  '|': 'л',
}

const signsForLatin = {
  0: 'o',
  1: 'il',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  8: 'b',
  9: 'g',
  '@': 'a',
  $: 's',
  '€': 'e',
  '¢': 'c',
  '!': 'i',
  '|': 'il',
}

const cyrillicForLatin = {
  а: 'a',
  в: 'b',
  с: 'c',
  е: 'e',
  н: 'h',
  і: 'i',
  и: 'u',
  ј: 'j',
  к: 'k',
  м: 'm',
  о: 'o',
  п: 'n',
  р: 'p',
  г: 'r',
  ѕ: 's',
  т: 't',
  у: 'y',
  х: 'x',
}

/** Greek, small capitals and others that look like both. */
const others = {
  α: 'aа',
  β: 'bв',
  ε: 'eе',
  ι: 'iі',
  κ: 'kк',
  μ: 'm',
  ν: 'v',
  ο: 'oо',
  ρ: 'pр',
  σ: 'o',
  τ: 'tт',
  υ: 'uу',
  χ: 'xх',
  γ: 'yу',
  ɑ: 'aа',
  ı: 'iі',
  ʀ: 'rя',
  ɡ: 'gг',
  ᴀ: 'aа',
  ʙ: 'bв',
  ᴄ: 'cс',
  ᴇ: 'eе',
  ʜ: 'hн',
  ᴋ: 'kк',
  ᴍ: 'mм',
  ᴏ: 'oо',
  ᴘ: 'pр',
  ᴛ: 'tт',
  ᴜ: 'u',
}

const stands = new Map<string, Reading[]>()
const add = (map: Record<string, string>, isOwn: boolean) => {
  for (const [char, letters] of Object.entries(map)) {
    const known = stands.get(char) ?? [{ letter: char, isOwn: true }]
    stands.set(char, [...known, ...[...letters].map((letter) => ({ letter, isOwn }))])
  }
}
add(kazakh, true)
for (const map of [latinForCyrillic, signsForLatin, cyrillicForLatin, others]) add(map, false)

const plain = new Map<string, Reading[]>()

/** The letters that a folded character may stand for, itself first. */
export function readingsOf(char: string): readonly Reading[] {
  const known = stands.get(char) ?? plain.get(char)
  if (known) return known
  const itself = [{ letter: char, isOwn: true }]
  if (plain.size < 20_000) plain.set(char, itself)
  return itself
}

/** Signs put in place of a letter that is left out. */
export const blanks = new Set(['*', '%', '#', '@', '.', '?', '_'])

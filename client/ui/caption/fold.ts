const segmenter = new Intl.Segmenter()

/** A little more than the fold is shown whole: a button for a line would be a nuisance. */
const slack = { characters: 150, lines: 3 }

export type Fold = { characters: number; lines: number }

/** Where a long text is cut: at the end of a line or a word where there is one near, never inside a letter. */
export function foldAt(text: string, fold: Fold): number {
  const line = endOfLine(text, fold.lines)
  const isLong = text.length > fold.characters + slack.characters
  if (line >= fold.characters || (line < 0 && isLong)) return isLong ? endOfWord(text, fold.characters) : text.length
  const isTall = line >= 0 && endOfLine(text, fold.lines + slack.lines) >= 0
  if (isTall) return line
  return isLong ? endOfWord(text, fold.characters) : text.length
}

/** How many letters a reader would count: an emoji of several people is one. */
export function countLetters(text: string): number {
  // One byte a letter, or about: nothing to put together.
  if (/^[\t\n -~]*$/.test(text)) return text.length
  let count = 0
  for (const _ of segmenter.segment(text)) count += 1
  return count
}

export function countLines(text: string): number {
  let count = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1
  return count
}

/** Where the n-th line ends, its break left out; -1 when there are no more than that. */
function endOfLine(text: string, lines: number) {
  let at = -1
  for (let line = 0; line < lines; line += 1) {
    at = text.indexOf('\n', at + 1)
    if (at < 0) return -1
  }
  return at
}

function endOfWord(text: string, near: number) {
  const head = text.slice(0, near)
  const space = Math.max(head.lastIndexOf(' '), head.lastIndexOf('\n'))
  if (space > near - 100) return space
  // A letter with a thousand marks on it has no end that is near.
  return segmenter.segment(text.slice(0, near + 200)).containing(near)?.index || near
}

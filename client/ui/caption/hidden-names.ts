/** What stands on the chip, and Unicode's name, by code point. */
const names: Record<number, readonly [label: string, name: string]> = {
  0: ['NUL', 'null'],
  8: ['BS', 'backspace'],
  11: ['VT', 'line tabulation'],
  12: ['FF', 'form feed'],
  13: ['CR', 'carriage return'],
  27: ['ESC', 'escape'],
  127: ['DEL', 'delete'],
  133: ['NEL', 'next line'],
  160: ['NBSP', 'no-break space'],
  173: ['SHY', 'soft hyphen'],
  847: ['CGJ', 'combining grapheme joiner'],
  1564: ['ALM', 'Arabic letter mark'],
  4447: ['HCF', 'Hangul choseong filler'],
  4448: ['HJF', 'Hangul jungseong filler'],
  5760: ['OGSP', 'Ogham space mark'],
  6068: ['KIVAQ', 'Khmer vowel inherent AQ'],
  6069: ['KIVAA', 'Khmer vowel inherent AA'],
  6158: ['MVS', 'Mongolian vowel separator'],
  8192: ['NQSP', 'en quad'],
  8193: ['MQSP', 'em quad'],
  8194: ['ENSP', 'en space'],
  8195: ['EMSP', 'em space'],
  8196: ['3/MSP', 'three-per-em space'],
  8197: ['4/MSP', 'four-per-em space'],
  8198: ['6/MSP', 'six-per-em space'],
  8199: ['FSP', 'figure space'],
  8200: ['PSP', 'punctuation space'],
  8201: ['THSP', 'thin space'],
  8202: ['HSP', 'hair space'],
  8203: ['ZWSP', 'zero width space'],
  8204: ['ZWNJ', 'zero width non-joiner'],
  8205: ['ZWJ', 'zero width joiner'],
  8206: ['LRM', 'left-to-right mark'],
  8207: ['RLM', 'right-to-left mark'],
  8232: ['LSEP', 'line separator'],
  8233: ['PSEP', 'paragraph separator'],
  8234: ['LRE', 'left-to-right embedding'],
  8235: ['RLE', 'right-to-left embedding'],
  8236: ['PDF', 'pop directional formatting'],
  8237: ['LRO', 'left-to-right override'],
  8238: ['RLO', 'right-to-left override'],
  8239: ['NNBSP', 'narrow no-break space'],
  8287: ['MMSP', 'medium mathematical space'],
  8288: ['WJ', 'word joiner'],
  8289: ['ƒ()', 'function application'],
  8290: ['×', 'invisible times'],
  8291: [',', 'invisible separator'],
  8292: ['+', 'invisible plus'],
  8294: ['LRI', 'left-to-right isolate'],
  8295: ['RLI', 'right-to-left isolate'],
  8296: ['FSI', 'first strong isolate'],
  8297: ['PDI', 'pop directional isolate'],
  8298: ['ISS', 'inhibit symmetric swapping'],
  8299: ['ASS', 'activate symmetric swapping'],
  8300: ['IAFS', 'inhibit Arabic form shaping'],
  8301: ['AAFS', 'activate Arabic form shaping'],
  8302: ['NADS', 'national digit shapes'],
  8303: ['NODS', 'nominal digit shapes'],
  10240: ['BLANK', 'Braille pattern blank'],
  12288: ['IDSP', 'ideographic space'],
  12644: ['HF', 'Hangul filler'],
  65279: ['BOM', 'zero width no-break space'],
  65440: ['HWHF', 'halfwidth Hangul filler'],
  65529: ['IAA', 'interlinear annotation anchor'],
  65530: ['IAS', 'interlinear annotation separator'],
  65531: ['IAT', 'interlinear annotation terminator'],
}

export function nameOfCode(code: number): { label: string; name: string } {
  const known = names[code]
  if (known) return { label: known[0], name: known[1] }
  const [label, name] = nameOfRange(code)
  return { label, name }
}

function nameOfRange(code: number): [label: string, name: string] {
  if (code >= 0xfe00 && code <= 0xfe0f) return selector(code - 0xfe00 + 1)
  if (code >= 0xe0100 && code <= 0xe01ef) return selector(code - 0xe0100 + 17)
  if (code >= 0x180b && code <= 0x180f) return ['FVS', 'Mongolian free variation selector']
  if (code >= 0xe0000 && code <= 0xe007f) return ['TAG', 'tag characters']
  if (code >= 0x1d173 && code <= 0x1d17a) return ['MUS', 'musical format control']
  if (code < 0xa0) return ['CTRL', 'control character']
  return ['HID', 'invisible character']
}

const selector = (number: number): [string, string] => [`VS${number}`, `variation selector-${number}`]

/** What tags spell, in letters. */
export function tagText(tags: string) {
  return Array.from(tags, (tag) => {
    const code = tag.codePointAt(0)! - 0xe0000
    return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : ''
  }).join('')
}

/** As it is written everywhere: `U+200B`. */
export const codeName = (code: number) => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`

/**
 * Browsers say that they know Kazakh, and then write `2026 M11 22`: Chromium carries its plurals alone. What it lacks is
 * here. Figures are grouped as in Russian.
 */
const months = ['қаң.', 'ақп.', 'нау.', 'сәу.', 'мам.', 'мау.', 'шіл.', 'там.', 'қыр.', 'қаз.', 'қар.', 'жел.']

/** Numbers and parts of dates are asked of this one. */
export const beside = 'ru'

/** @param parts with the month as a figure */
export function kazakhDate(parts: readonly Intl.DateTimeFormatPart[]) {
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, value])) as Partial<
    Record<Intl.DateTimeFormatPartTypes, string>
  >
  const day = part.day && `${Number(part.day)} ${months[Number(part.month) - 1]}`
  const date = [part.year && `${part.year} ж.`, day].filter(Boolean).join(' ')
  const time = [part.hour, part.minute, part.second].filter(Boolean).join(':')
  return [date, part.fractionalSecond ? `${time}.${part.fractionalSecond}` : time].filter(Boolean).join(', ')
}

const languages: Record<string, string> = {
  ar: 'араб тілі',
  az: 'әзербайжан тілі',
  be: 'беларусь тілі',
  de: 'неміс тілі',
  en: 'ағылшын тілі',
  es: 'испан тілі',
  fa: 'парсы тілі',
  fr: 'француз тілі',
  hi: 'хинди тілі',
  it: 'итальян тілі',
  kk: 'қазақ тілі',
  ky: 'қырғыз тілі',
  nl: 'нидерланд тілі',
  pl: 'поляк тілі',
  pt: 'португал тілі',
  ru: 'орыс тілі',
  tg: 'тәжік тілі',
  tr: 'түрік тілі',
  uk: 'украин тілі',
  ur: 'урду тілі',
  uz: 'өзбек тілі',
  zh: 'қытай тілі',
}

/** Countries are called as in Russian but for those of Kazakh. */
const regions: Record<string, string> = { KZ: 'Қазақстан', KG: 'Қырғызстан', TR: 'Түркия', UZ: 'Өзбекстан' }

export const kazakhRegion = (code: string) => regions[code]
export const kazakhLanguage = (code: string) => languages[code.split('-')[0]!]

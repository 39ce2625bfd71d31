/** Terms of the glossary where they are met: in captions. */
export const terms = {
  mark: 'Глоссарий термині',
  coded: 'Кодты',
  harmless: 'Зиянсыз',
  disguised: 'Мұнда бүркемеленіп жазылған: ұқсас таңбалармен, белгілермен, бос орынмен не қайталанған әріппен.',
  outcomes_one: '{{n}} шешімде: бұзушылық {{violation}}, қалдырылды {{kept}}, ерекшелік {{exempt}}',
  outcomes_other: '{{n}} шешімде: бұзушылық {{violation}}, қалдырылды {{kept}}, ерекшелік {{exempt}}',
  'outcomes.none': 'Соңғы {{looked}} шешімнің ешбірінде жоқ',
  rule: 'Тек контекст. Терминнің өзі ештеңе шешпейді.',
  source: 'Дереккөз:',
  writtenBy: 'Жазған {{name}}, {{version}}-н.,',
  written: '{{version}}-н.,',
  open: 'Глоссарийде ашу',
  failed: 'Мағынасы оқылмады. Қайталаңыз.',
} as const

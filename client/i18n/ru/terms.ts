/** Terms of the glossary where they are met: in captions. */
export const terms = {
  mark: 'Термин глоссария',
  coded: 'Кодовое',
  harmless: 'Безобидное',
  disguised: 'Здесь написано скрытно: похожими знаками, символами, пробелами или повторами букв.',
  outcomes_one: 'В {{n}} решении: нарушений {{violation}}, оставлено {{kept}}, исключений {{exempt}}',
  outcomes_few: 'В {{n}} решениях: нарушений {{violation}}, оставлено {{kept}}, исключений {{exempt}}',
  outcomes_many: 'В {{n}} решениях: нарушений {{violation}}, оставлено {{kept}}, исключений {{exempt}}',
  outcomes_other: 'В {{n}} решениях: нарушений {{violation}}, оставлено {{kept}}, исключений {{exempt}}',
  'outcomes.none': 'Ни в одном из последних решений ({{looked}})',
  rule: 'Только контекст. Сам по себе термин ничего не решает.',
  source: 'Источник:',
  writtenBy: 'Пишет {{name}}, в. {{version}},',
  written: 'в. {{version}},',
  open: 'Открыть в глоссарии',
  failed: 'Значение прочитать не удалось. Повторите.',
} as const

/** Terms of the glossary where they are met: in captions. */
export const terms = {
  mark: 'Glossary term',
  coded: 'Coded',
  harmless: 'Harmless',
  disguised: 'Written in disguise here: with look-alikes, signs, gaps or repeated letters.',
  outcomes_one: 'In {{n}} decision: {{violation}} violation, {{kept}} kept, {{exempt}} exempt',
  outcomes_other: 'In {{n}} decisions: {{violation}} violation, {{kept}} kept, {{exempt}} exempt',
  'outcomes.none': 'In none of the last {{looked}} decisions',
  rule: 'Context only. A term alone decides nothing.',
  source: 'Source:',
  writtenBy: 'Written by {{name}}, v{{version}},',
  written: 'v{{version}},',
  open: 'Open in the glossary',
  failed: 'What it means could not be read. Try again.',
} as const

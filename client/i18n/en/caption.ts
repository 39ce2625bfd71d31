/** Texts as they were written, and their translations. */
export const caption = {
  fold: 'Show less',
  unfold_one: 'Show {{n}} more character',
  unfold_other: 'Show {{n}} more characters',
  'unfold.lines': 'Show {{n}} more characters, {{lines}}',
  lines_one: '{{count}} line',
  lines_other: '{{count}} lines',

  hidden_one: '{{n}} hidden character',
  hidden_other: '{{n}} hidden characters',
  'hidden.show': 'show',
  'hidden.conceal': 'conceal',
  'hidden.kinds_one': 'and {{count}} more kind',
  'hidden.kinds_other': 'and {{count}} more kinds',
  'order.overridden': 'Hidden controls reverse letters: it reads in another order than it was written',
  'order.unclosed': 'A hidden control turns the direction and does not turn it back',
  mixed_one: 'Two alphabets in one word:',
  mixed_other: 'Two alphabets in one word, {{n}} times:',
  'script.Latin': 'is Latin',
  'script.Cyrillic': 'is Cyrillic',
  'script.Greek': 'is Greek',

  'link.to': 'Link to {{host}}',
  'link.leads': 'Leads to',
  'link.ask': 'Open in a new tab…',
  'link.warning': 'It leaves Docket. The site sees your network’s address, and may show anything.',
  'link.open': 'Open {{host}}',
} as const

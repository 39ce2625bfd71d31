export const preferences = {
  title: 'Preferences',
  about: 'They hold for you alone, on every computer that you sign in on.',
  failed: 'It was not kept. The server did not answer; try again.',

  'keys.title': 'Keys',
  'keys.about':
    'Press a key cap, then the key that you want. The place on the board counts, whatever its layout writes there.',
  'keys.reset': 'As they were',
  'keys.change': '{{act}}, now {{caps}}: choose another key',
  'keys.press': 'Press a key, or Esc',
  'keys.instead': 'instead of {{caps}}',
  'keys.taken': '{{caps}} is taken: {{has}}.',
  'keys.go': 'first key of “Go to”',
  'keys.unusable': 'Only letters and signs, with Shift or without it.',
  'act.keep': 'Keep the post',
  'act.label': 'Label the post',
  'act.restrict': 'Restrict the post',
  'act.remove': 'Remove the post',
  'act.noAction': 'Leave the account alone',
  'act.warn': 'Warn the account',
  'act.limit': 'Limit the account',
  'act.block': 'Block the account',
} as const

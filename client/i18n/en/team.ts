export const team = {
  'entry.notice':
    'Docket shows distressing material, redacted until you ask. Sign-in, views and reveals are written to a log that nobody can edit.',
  'entry.kept': 'What you typed is still here.',

  'signIn.title': 'Sign in to Docket',
  'signIn.lead': 'Content-moderation review',
  'signIn.action': 'Sign in',
  'signIn.ended': 'Your session has ended. Sign in to go on where you were.',
  'signIn.wrong': 'That password does not match this e-mail.',
  'signIn.tooMany': 'Too many tries. The next one is possible in {{t}}.',
  'signIn.tooManyLater': 'Too many tries. Wait a minute before the next one.',
  'signIn.noCookie': 'The password is right, but this browser did not keep the session. Allow cookies for this site.',

  'setup.title': 'Make the first administrator',
  'setup.lead': 'This Docket is new. Whoever runs it signs in first and lets the others in.',
  'setup.action': 'Make the administrator and sign in',
  'setup.done': 'Docket is set up already',
  'setup.doneText': 'There is an administrator. Sign in, or ask for a link of your own.',
  'setup.badToken':
    'This is not the token on the console, or it was used already. Copy it again from where Docket was started.',

  'join.title': 'Join Docket',
  'join.lead': 'An administrator made this account for you. The link works once.',
  'join.action': 'Choose the password and sign in',
  'join.dead': 'This link does not work',
  'join.deadText':
    'It was used already, its time is over, or a part of it is missing. Ask the administrator who sent it for a new one.',
  'join.failed': 'The link could not be checked',

  'field.token': 'Token from the console',
  'field.tokenHint': 'Printed where Docket was started.',
  'field.name': 'Name',
  'field.nameHint': 'As colleagues will see it beside decisions and notes.',
  'field.email': 'E-mail',
  'field.password': 'Password',
  'field.newPasswordHint_one': 'At least {{count}} character. A sentence is easier to remember than symbols.',
  'field.newPasswordHint_other': 'At least {{count}} characters. A sentence is easier to remember than symbols.',
  'password.show': 'Show the password',
  'password.hide': 'Hide the password',

  'problem.token': 'The token is missing.',
  'problem.name': 'A name is needed.',
  'problem.nameLong': 'At most 120 characters.',
  'problem.email': 'This is not an e-mail address.',
  'problem.password': 'The password is missing.',
  'problem.passwordShort_one': 'At least 12 characters. This has {{count}}.',
  'problem.passwordShort_other': 'At least 12 characters. This has {{count}}.',
  'problem.passwordLong': 'At most 128 characters.',

  'failed.tooMany': 'Too many tries from here. Wait a minute, then try again.',
  'failed.unreachable': 'The server did not answer. Check the connection and try again.',
  'failed.answered': 'The server answered {{status}}. Try again; if it stays so, tell an administrator.',
  'failed.request': 'Request {{id}}.',
} as const

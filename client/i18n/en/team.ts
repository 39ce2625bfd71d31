export const team = {
  'signIn.title': 'Sign in to Docket',
  'signIn.lead': 'Content review',
  'signIn.email': 'E-mail',
  'signIn.password': 'Password',
  'signIn.action': 'Sign in',
  'signIn.notice':
    'Docket shows distressing material, redacted until you ask. Sign-in, views and reveals are written to a log that nobody can edit.',
  'signIn.ended': 'Your session has ended. Sign in to go on where you were.',
} as const

export const preferences = {
  title: 'Preferences',
  about: 'They hold for you alone, on every computer that you sign in on.',
} as const

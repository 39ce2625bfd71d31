export const review = {
  title: 'Queue',
} as const

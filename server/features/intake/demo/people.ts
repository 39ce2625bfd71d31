import type { Role } from '#shared/domain/permissions.ts'

/** Everybody of the sample signs in with this. The sample runs on this machine only, on a data folder thrown away. */
export const samplePassword = 'docket-sample'

export const samplePeople = {
  dana: { name: 'Dana Ospan', email: 'dana@example.org', role: 'reviewer' },
  ana: { name: 'Ana Ribeiro', email: 'ana@example.org', role: 'reviewer' },
  jonas: { name: 'Jonas Weber', email: 'jonas@example.org', role: 'reviewer' },
  mei: { name: 'Mei Lin', email: 'mei@example.org', role: 'reviewer' },
  timur: { name: 'Timur Sadykov', email: 'timur@example.org', role: 'reviewer' },
  marta: { name: 'Marta Kowal', email: 'marta@example.org', role: 'supervisor' },
  noor: { name: 'Noor Haddad', email: 'noor@example.org', role: 'admin' },
  pavel: { name: 'Pavel Dvorak', email: 'pavel@example.org', role: 'auditor' },
} as const satisfies Record<string, { name: string; email: string; role: Role }>

export type SamplePersonKey = keyof typeof samplePeople

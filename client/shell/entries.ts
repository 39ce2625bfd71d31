import {
  type Icon,
  IconBell,
  IconBook2,
  IconChecklist,
  IconFileImport,
  IconFlag,
  IconFlagPlus,
  IconGavel,
  IconHandStop,
  IconHeartbeat,
  IconHistory,
  IconInbox,
  IconKey,
  IconLayoutDashboard,
  IconSend,
  IconShieldLock,
  IconUserSearch,
  IconUsers,
} from '@tabler/icons-react'
import { linkOptions } from '@tanstack/react-router'
import type { Permission } from '#shared/domain/permissions.ts'
import type { KeyAction } from '../keys.ts'

/** The places of the app, in the order of the rail: shown to those who have what it `needs`, open to those who may `read`. */
export const entries = [
  {
    name: 'queue',
    link: linkOptions({ to: '/queue' }),
    under: '/queue',
    icon: IconInbox,
    key: 'goQueue',
    needs: 'review.read',
    read: 'review.read',
  },
  {
    name: 'review',
    link: linkOptions({ to: '/reviews/$reviewId', params: { reviewId: 'next' } }),
    under: '/reviews/',
    icon: IconGavel,
    key: 'goReview',
    needs: 'review.decide',
    read: 'review.read',
  },
  {
    name: 'inbox',
    link: linkOptions({ to: '/inbox' }),
    under: '/inbox',
    icon: IconBell,
    key: 'goInbox',
    needs: 'review.read',
    read: 'review.read',
  },
  {
    name: 'accounts',
    link: linkOptions({ to: '/accounts' }),
    under: '/accounts',
    icon: IconUserSearch,
    key: 'goAccounts',
    needs: 'review.read',
    read: 'review.read',
  },
  {
    name: 'decisions',
    link: linkOptions({ to: '/decisions' }),
    under: '/decisions',
    icon: IconChecklist,
    key: 'goDecisions',
    needs: 'review.read',
    read: 'review.read',
  },
  {
    name: 'flags',
    link: linkOptions({ to: '/flags' }),
    under: '/flags',
    icon: IconFlag,
    key: 'goFlags',
    needs: 'review.read',
    read: 'review.read',
  },
  {
    name: 'newFlag',
    link: linkOptions({ to: '/new-flag' }),
    under: '/new-flag',
    icon: IconFlagPlus,
    key: 'goNewFlag',
    needs: 'flag.write',
    read: 'flag.write',
  },
  {
    name: 'import',
    link: linkOptions({ to: '/import' }),
    under: '/import',
    icon: IconFileImport,
    key: 'goImport',
    needs: 'import.create',
    read: 'import.create',
  },
  {
    name: 'deliveries',
    link: linkOptions({ to: '/deliveries' }),
    under: '/deliveries',
    icon: IconSend,
    key: 'goDeliveries',
    needs: 'delivery.read',
    read: 'delivery.read',
  },
  {
    name: 'audit',
    link: linkOptions({ to: '/audit' }),
    under: '/audit',
    icon: IconHistory,
    key: 'goAudit',
    needs: 'event.read',
    read: 'event.read',
  },
  {
    name: 'policies',
    link: linkOptions({ to: '/policies' }),
    under: '/policies',
    icon: IconShieldLock,
    key: 'goPolicies',
    needs: 'policy.read',
    read: 'policy.read',
  },
  {
    name: 'glossary',
    link: linkOptions({ to: '/glossary' }),
    under: '/glossary',
    icon: IconBook2,
    key: 'goGlossary',
    needs: 'glossary.read',
    read: 'glossary.read',
  },
  {
    name: 'team',
    link: linkOptions({ to: '/team' }),
    under: '/team',
    icon: IconUsers,
    key: 'goTeam',
    needs: 'team.read',
    read: 'team.read',
  },
  {
    name: 'board',
    link: linkOptions({ to: '/board' }),
    under: '/board',
    icon: IconLayoutDashboard,
    key: 'goBoard',
    needs: 'team.read',
    read: 'team.read',
  },
  {
    name: 'leases',
    link: linkOptions({ to: '/leases' }),
    under: '/leases',
    icon: IconHandStop,
    key: 'goLeases',
    needs: 'team.read',
    read: 'team.read',
  },
  {
    name: 'load',
    link: linkOptions({ to: '/load' }),
    under: '/load',
    icon: IconHeartbeat,
    key: 'goLoad',
    needs: 'exposure.read',
    read: 'exposure.read',
  },
  {
    name: 'keys',
    link: linkOptions({ to: '/keys' }),
    under: '/keys',
    icon: IconKey,
    key: 'goKeys',
    needs: 'key.read',
    read: 'key.read',
  },
] as const satisfies readonly {
  name: string
  link: object
  under: string
  icon: Icon
  key: KeyAction
  needs: Permission
  read: Permission
}[]

export type Entry = (typeof entries)[number]

export const groups = {
  work: ['queue', 'review', 'inbox', 'accounts', 'decisions', 'flags', 'newFlag'],
  oversight: ['board', 'import', 'deliveries', 'audit', 'policies', 'glossary', 'team', 'leases', 'load', 'keys'],
} as const satisfies Record<string, Entry['name'][]>

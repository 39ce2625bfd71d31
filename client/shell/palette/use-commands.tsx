import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import {
  IconAdjustments,
  IconCommand,
  IconDevices,
  IconGavel,
  IconHistory,
  IconInbox,
  IconMoon,
  IconSearch,
  IconSun,
  IconUser,
  IconUsers,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useLayoutEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { peopleQuery, queuesQuery } from '#client/api/reference-data.ts'
import { useMay } from '#client/api/session.ts'
import { recentPages } from '#client/ui/page.tsx'
import { currentActions } from '#client/ui/use-keys.ts'
import type { Entry } from '../entries.ts'
import { type Command, placeOf, wordOf } from './commands.ts'
import { useFound } from './use-found.tsx'

const ofOneThing = /^\/(reviews|accounts|decisions)\/[0-9a-f-]{36}$/

/** Everything that can be picked: what the text stands for, what this screen does, and where one may go. */
export function useCommands(text: string, shown: readonly Entry[]) {
  const found = useFound(text)
  const here = useHere()
  const places = usePlaces(shown)
  const people = usePeople()
  const search = useSearch(text)
  return { commands: [...found.commands, ...here, ...search, ...places, ...people], found }
}

/** As it was when the palette was opened: the screen below does not change while it is. */
function useHere(): Command[] {
  const { t } = useTranslation(['shell', 'preferences', 'palette', 'review'])
  const navigate = useNavigate()
  const [actions, setActions] = useState<ReturnType<typeof currentActions>>([])
  useLayoutEffect(() => setActions(currentActions()), [])
  const [recent] = useState(() => [...recentPages].filter(([path]) => ofOneThing.test(path)).reverse())
  const { pathname } = window.location
  const isDeciding = actions.some(({ action }) => action === 'submitStay')
  const on = isDeciding ? 'decision' : pathname.startsWith('/reviews/') ? 'desk' : 'list'
  const inOrder = actions.toSorted((a, b) => placeOf(a.action) - placeOf(b.action))
  const doing = inOrder.flatMap(({ action, run }): Command[] => {
    const word = wordOf(action, on)
    return word ? [{ id: `act ${action}`, group: 'actions', icon: IconCommand, label: t(word), keys: action, run }] : []
  })
  const lately = recent
    .filter(([path]) => path !== pathname)
    .map(([path, label]): Command => {
      const icon = path.startsWith('/accounts') ? IconUser : path.startsWith('/decisions') ? IconGavel : IconHistory
      return { id: path, group: 'recent', icon, label, run: () => void navigate({ to: path }) }
    })
  return [...lately, ...doing]
}

function usePlaces(shown: readonly Entry[]): Command[] {
  const { t } = useTranslation('palette')
  const { t: shell } = useTranslation('shell')
  const navigate = useNavigate()
  const { data: queues } = useQuery(queuesQuery)
  const { setColorScheme } = useMantineColorScheme()
  const isDark = useComputedColorScheme('light') === 'dark'
  const screens = shown.map(
    (entry): Command => ({
      id: `go ${entry.name}`,
      group: 'screens',
      icon: entry.icon,
      label: shell(`nav.${entry.name}`),
      keys: entry.key,
      run: () => void navigate(entry.link),
    }),
  )
  return [
    ...screens,
    {
      id: 'go preferences',
      group: 'screens',
      icon: IconAdjustments,
      label: t('go.preferences'),
      keys: 'goPreferences',
      run: () => void navigate({ to: '/preferences' }),
    },
    {
      id: 'go sessions',
      group: 'screens',
      icon: IconDevices,
      label: t('go.sessions'),
      run: () => void navigate({ to: '/sessions' }),
    },
    {
      id: 'scheme',
      group: 'screens',
      icon: isDark ? IconSun : IconMoon,
      label: t(isDark ? 'scheme.light' : 'scheme.dark'),
      run: () => setColorScheme(isDark ? 'light' : 'dark'),
    },
    ...(queues?.items ?? []).map(
      ({ id, name }): Command => ({
        id: `queue ${id}`,
        group: 'queues',
        icon: IconInbox,
        label: name,
        run: () => void navigate({ to: '/queue', search: { queue: id } }),
      }),
    ),
  ]
}

function usePeople(): Command[] {
  const { t } = useTranslation('palette')
  const { t: shell } = useTranslation('shell')
  const navigate = useNavigate()
  const { data: people } = useQuery(peopleQuery)
  const mayReadTeam = useMay('team.read')
  return [...(people?.values() ?? [])].flatMap(({ id, name, role }): Command[] => {
    const decided: Command = {
      id: `decided ${id}`,
      group: 'people',
      icon: IconUser,
      label: t('decided', { name }),
      note: shell(`role.${role}`),
      run: () => void navigate({ to: '/decisions', search: { decidedBy: id } }),
    }
    const member: Command = {
      id: `member ${id}`,
      group: 'people',
      icon: IconUsers,
      label: t('member', { name }),
      note: shell(`role.${role}`),
      run: () => void navigate({ to: '/team', search: { person: id } }),
    }
    return mayReadTeam ? [decided, member] : [decided]
  })
}

/** What was typed may be a word of a caption, too. */
function useSearch(text: string): Command[] {
  const { t } = useTranslation('palette')
  const navigate = useNavigate()
  const q = text.trim()
  if (q.length < 2) return []
  return [
    {
      id: 'search captions',
      group: 'search',
      icon: IconSearch,
      label: t('captions', { text: q }),
      run: () => void navigate({ to: '/queue', search: { q } }),
    },
    {
      id: 'search accounts',
      group: 'search',
      icon: IconSearch,
      label: t('accounts', { text: q }),
      run: () => void navigate({ to: '/accounts', search: { q } }),
    },
  ]
}

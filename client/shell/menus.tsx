import { type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core'
import { IconAdjustments, IconDevices, IconLogout } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '#client/api/call.ts'
import { forgetPerson, sessionKey } from '#client/api/session.ts'
import { announce } from '#client/ui/announce.tsx'
import { type Session, signOut } from '#shared/contract/team.ts'

const schemes = ['light', 'dark', 'auto'] as const satisfies MantineColorScheme[]

export function SchemeChoice() {
  const { t } = useTranslation('shell')
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <>
      <Menu.Label>{t('scheme.label')}</Menu.Label>
      <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(value as MantineColorScheme)}>
        {schemes.map((scheme) => (
          <Menu.RadioItem key={scheme} value={scheme} closeMenuOnClick>
            {t(`scheme.${scheme}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  )
}

export function PersonChoice({ person }: { person: Session['person'] }) {
  const { t } = useTranslation('shell')
  const leave = useSignOut()
  const router = useRouter()
  return (
    <>
      <Menu.Label>
        <span style={{ color: 'var(--dk-text)' }}>{person.name}</span>
        <br />
        <bdi>{person.email}</bdi>, {t(`role.${person.role}`)}
      </Menu.Label>
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconAdjustments size={14} aria-hidden />}
        closeMenuOnClick
        onClick={() => void router.navigate({ to: '/preferences' })}
      >
        {t('person.preferences')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconDevices size={14} aria-hidden />}
        closeMenuOnClick
        onClick={() => void router.navigate({ to: '/sessions' })}
      >
        {t('person.sessions')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconLogout size={14} className="flip" aria-hidden />}
        disabled={leave.isPending}
        onClick={() => leave.mutate()}
      >
        {t(leave.isPending ? 'signingOut' : 'signOut')}
      </Menu.Item>
      {leave.isError ? (
        <p className="sm bad" role="alert" style={{ padding: '4px 10px 8px' }}>
          {t('signOutFailed')}
        </p>
      ) : null}
    </>
  )
}

/** Ends the session and forgets everything that was read or typed under it. */
function useSignOut() {
  const queryClient = useQueryClient()
  const router = useRouter()
  const { t } = useTranslation('shell')
  return useMutation({
    mutationFn: () => call(signOut, {}),
    onSuccess: async () => {
      queryClient.clear()
      queryClient.setQueryData(sessionKey, null)
      forgetPerson()
      await router.navigate({ to: '/sign-in' })
      announce(t('signedOut'))
    },
  })
}

import { Menu } from '@mantine/core'
import { IconLogout } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '#client/api/call.ts'
import { forgetPerson, sessionKey } from '#client/api/session.ts'
import { announce } from '#client/ui/announce.tsx'
import { Face } from '#client/ui/Face.tsx'
import { type Session, signOut } from '#shared/contract/team.ts'
import css from './TopBar.module.css'

export function PersonMenu({ person }: { person: Session['person'] }) {
  const { t } = useTranslation('shell')
  const leave = useSignOut()
  const role = t(`role.${person.role}`)
  return (
    <Menu position="bottom-end" width={240} closeOnItemClick={false} withinPortal={false}>
      <Menu.Target>
        <button type="button" className={css.person} aria-label={t('person.label', { name: person.name, role })}>
          <Face id={person.id} name={person.name} size={24} isPlain />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <span style={{ color: 'var(--dk-text)' }}>{person.name}</span>
          <br />
          <bdi>{person.email}</bdi>, {role}
        </Menu.Label>
        <Menu.Divider />
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
      </Menu.Dropdown>
    </Menu>
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

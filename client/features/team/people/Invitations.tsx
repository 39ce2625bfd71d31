import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { announce } from '#client/ui/announce.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import { Ago, DateTime } from '#client/ui/time.tsx'
import type { OpenInvitation } from '#shared/contract/people.ts'
import { Refusal } from '../Refusal.tsx'
import css from './people.module.css'
import { type Invitation, useWithdraw } from './people.queries.ts'

type Props = {
  invitations: readonly OpenInvitation[]
  /** Makes another link; null where only administrators may. */
  onAgain: ((from: Invitation) => void) | null
}

/** Links that nobody has opened yet. */
export function Invitations({ invitations, onAgain }: Props) {
  const { t } = useTranslation('people')
  const withdraw = useWithdraw()
  return (
    <Panel title={t('team.invited')}>
      <ul className={css.sessions}>
        {invitations.map(({ id, name, email, role, access, languages, invitedAt, expiresAt }) => (
          <li key={id}>
            <div className="grow">
              <p className="sm row6">
                <bdi className="b cut">{name}</bdi> <bdi className="t3 cut">{email}</bdi>
              </p>
              <p className="xs t3">
                {t(`role.${role}`)}, {t('invite.made')} <Ago at={invitedAt} />, {t('invite.ends')}{' '}
                <DateTime at={expiresAt} form="short" />
              </p>
            </div>
            {onAgain ? (
              <>
                <Button
                  aria-label={t('invite.again.of', { name })}
                  onClick={() => onAgain({ name, email, role, access, languages })}
                >
                  {t('invite.again')}
                </Button>
                <Button
                  aria-label={t('invite.withdraw.of', { name })}
                  loading={withdraw.isPending && withdraw.variables === id}
                  onClick={() => withdraw.mutate(id, { onSuccess: () => announce(t('invite.withdrawn')) })}
                >
                  {t('invite.withdraw')}
                </Button>
              </>
            ) : null}
          </li>
        ))}
      </ul>
      <Refusal error={withdraw.error} />
    </Panel>
  )
}

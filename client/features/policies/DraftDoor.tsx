import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '#client/api/session.ts'
import { announce } from '#client/ui/announce.tsx'
import { ButtonLink } from '#client/ui/links.tsx'
import type { Policy } from '#shared/contract/policies.ts'
import { draftsQuery, useOpenDraft } from './policies.queries.ts'

/** To the open draft of a clause; without one, what opens one. */
export function DraftDoor({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies')
  const mayRead = useMay('draft.read')
  const mayWrite = useMay('policy.manage')
  const { data } = useQuery({ ...draftsQuery, enabled: mayRead })
  if (!data) return null
  const ours = data.items.filter(({ policyId }) => policyId === policy.id)
  const open = ours.find(({ state }) => state !== 'published')
  if (open) {
    return (
      <ButtonLink to="/policies/drafts/$draftId" params={{ draftId: open.id }}>
        {t('draft.open', { version: open.basedOn + 1 })}
      </ButtonLink>
    )
  }
  if (!mayWrite) return null
  const newest = Math.max(policy.current.version, ...ours.map(({ version }) => version ?? 0))
  return <OpenDraft policy={policy} version={newest + 1} />
}

function OpenDraft({ policy, version }: { policy: Policy; version: number }) {
  const { t } = useTranslation('policies')
  const navigate = useNavigate()
  const open = useOpenDraft(({ id }) => void navigate({ to: '/policies/drafts/$draftId', params: { draftId: id } }))
  const [clientId, setClientId] = useState(() => crypto.randomUUID())
  function begin(isRetired?: boolean) {
    open.mutate(
      { clientId, policyId: policy.id, ...(isRetired !== undefined && { isRetired }) },
      {
        onError: () => {
          setClientId(crypto.randomUUID())
          announce(t('draft.failed'), 'assertive')
        },
      },
    )
  }
  return (
    <>
      <Button loading={open.isPending} onClick={() => begin()}>
        {t('draft.write', { version })}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t(policy.isRetired ? 'draft.restore' : 'draft.retire')} aria-haspopup="menu">
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => begin(!policy.isRetired)}>
            {t(policy.isRetired ? 'draft.restore' : 'draft.retire')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open.isError ? (
        <span className="sm bad" role="alert">
          {t('draft.failed')}
        </span>
      ) : null}
    </>
  )
}

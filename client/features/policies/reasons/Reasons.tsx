import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonsQuery } from '#client/api/reasons.ts'
import { useMay } from '#client/api/session.ts'
import { Panel } from '#client/ui/Panel.tsx'
import type { CannedReason } from '#shared/contract/reasons.ts'
import { OneReason } from './OneReason.tsx'
import { ReasonForm } from './ReasonForm.tsx'
import css from './reasons.module.css'

/** The canned reasons of one clause and those for every clause; supervisors write them. */
export function Reasons({ policyId }: { policyId: string }) {
  const { t } = useTranslation('reasons')
  const mayManage = useMay('reason.manage')
  const { data, isError } = useQuery(reasonsQuery)
  const [changed, setChanged] = useState<CannedReason | 'new' | null>(null)
  const shown = data?.filter((reason) => reason.policyId === policyId || reason.policyId === null) ?? []
  const form = (reason: CannedReason | null) => (
    <ReasonForm key={reason?.id ?? 'new'} reason={reason} policyId={policyId} onDone={() => setChanged(null)} />
  )
  return (
    <Panel
      title={t('title')}
      side={mayManage && changed === null ? <Button onClick={() => setChanged('new')}>{t('add')}</Button> : null}
    >
      <p className="xs t3">{t('about')}</p>
      {isError ? (
        <p className="sm bad" role="alert">
          {t('failed')}
        </p>
      ) : null}
      {changed === 'new' ? form(null) : null}
      {data && shown.length === 0 && changed === null ? <p className="sm t3">{t('none')}</p> : null}
      <ul className={css.list} aria-label={t('title')}>
        {shown.map((reason) => (
          <li key={reason.reasonId}>
            {changed !== null && changed !== 'new' && changed.reasonId === reason.reasonId ? (
              form(changed)
            ) : (
              <OneReason reason={reason} onChange={mayManage ? () => setChanged(reason) : null} />
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

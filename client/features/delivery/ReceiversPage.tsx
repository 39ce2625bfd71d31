import { Button } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorFacts } from '#client/api/call.ts'
import { useMay } from '#client/api/session.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import { usePageTitle } from '#client/ui/page.tsx'
import { EmptyState, ErrorState, NoPermission } from '#client/ui/states.tsx'
import { SkeletonText } from '#client/ui/waiting.tsx'
import type { Receiver } from '#shared/contract/deliveries.ts'
import css from './delivery.module.css'
import { receiversQuery } from './delivery.queries.ts'
import { ReceiverDialogs, type ReceiverTask } from './ReceiverDialogs.tsx'
import { ReceiverPanel } from './ReceiverPanel.tsx'

export function ReceiversPage() {
  const { t } = useTranslation('delivery')
  usePageTitle(t('receivers.title'))
  return useMay('delivery.read') ? <Receivers /> : <NoPermission />
}

function Receivers() {
  const { t } = useTranslation('delivery')
  const { data: receivers, error, refetch } = useQuery(receiversQuery)
  const mayManage = useMay('receiver.manage')
  const [task, setTask] = useState<ReceiverTask | null>(null)
  const add = (
    <Button variant="filled" onClick={() => setTask({ kind: 'add' })}>
      {t('receivers.add')}
    </Button>
  )
  return (
    <div className={css.receivers}>
      <header className="row">
        <h1>{t('receivers.title')}</h1>
        <span className="row6 push">
          <ButtonLink to="/deliveries">{t('receivers.toDeliveries')}</ButtonLink>
          {mayManage && receivers?.length ? add : null}
        </span>
      </header>
      {receivers?.length ? <p className={`sm t2 ${css.about}`}>{t('receivers.about')}</p> : null}
      {error && !receivers ? (
        <ErrorState title={t('receivers.failed.title')} {...errorFacts(error)} onRetry={() => void refetch()} />
      ) : null}
      {!error && !receivers ? <SkeletonText lines={5} /> : null}
      {receivers?.length === 0 ? (
        <EmptyState icon={IconPlugConnected} title={t('receivers.none')} action={mayManage ? add : null}>
          {t('receivers.none.text')}
        </EmptyState>
      ) : null}
      {receivers?.map((receiver: Receiver) => (
        <ReceiverPanel key={receiver.id} receiver={receiver} onTask={mayManage ? setTask : null} />
      ))}
      {task ? <ReceiverDialogs key={keyOf(task)} task={task} onTask={setTask} /> : null}
    </div>
  )
}

const keyOf = (task: ReceiverTask) => `${task.kind} ${'receiver' in task ? task.receiver.id : ''}`

import { Button } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { queuesQuery } from '#client/api/reference-data.ts'
import { useFormat } from '#client/ui/format.ts'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { ButtonLink } from '#client/ui/links.tsx'
import { EmptyState } from '#client/ui/states.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import type { QueueSearch } from '../queue.search.ts'
import { waitingQuery } from '../review.queries.ts'
import { useProgressWords } from './ProgressCard.tsx'

type Props = {
  list: QueueSearch
  /** The ten that were taken are done; the list may have more. */
  isTenDone: boolean
  onGoOn: () => void
  onTakeTen: () => void
}

/** What was finished, and where there is more to do. */
export function NothingLeft({ list, isTenDone, onGoOn, onTakeTen }: Props) {
  const { t } = useTranslation('flow')
  const format = useFormat()
  const done = useProgressWords()
  const { data: queues } = useQuery(queuesQuery)
  const { data: counts } = useQuery(waitingQuery({}))
  useKeys(isTenDone ? { enter: onGoOn } : {})
  const waiting = (counts?.byQueue ?? []).filter(({ queueId, value }) => value > 0 && queueId !== list.queue)
  const most = waiting.toSorted((one, other) => other.value - one.value).slice(0, 3)
  const nameOf = (queueId: string) => queues?.items.find(({ id }) => id === queueId)?.name ?? queueId
  return (
    <EmptyState
      heading="h1"
      icon={IconCircleCheck}
      title={t(isTenDone ? 'left.ten' : 'left.title')}
      action={
        <>
          {isTenDone ? (
            <>
              <Button variant="filled" onClick={onGoOn} rightSection={<KeyCap action="enter" />}>
                {t('left.goOn')}
              </Button>
              <Button onClick={onTakeTen} rightSection={<KeyCap action="takeTen" />}>
                {t('left.takeTen')}
              </Button>
            </>
          ) : (
            most.map(({ queueId, value, exact }, index) => (
              <ButtonLink
                key={queueId}
                to="/reviews/$reviewId"
                params={{ reviewId: 'next' }}
                search={{ queue: queueId }}
                variant={index === 0 ? 'filled' : 'default'}
              >
                {t('left.queue', { name: nameOf(queueId), value: `${format.number(value)}${exact ? '' : '+'}` })}
              </ButtonLink>
            ))
          )}
          <ButtonLink to="/queue" search={list}>
            {t('left.back')}
          </ButtonLink>
        </>
      }
    >
      <p>{done}</p>
      {isTenDone ? (
        <p>{t('left.tenText')}</p>
      ) : counts ? (
        <p>{t(most.length > 0 ? 'left.others' : 'left.none')}</p>
      ) : null}
    </EmptyState>
  )
}

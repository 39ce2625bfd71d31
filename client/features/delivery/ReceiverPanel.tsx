import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '#client/ui/Badge.tsx'
import { useFormat } from '#client/ui/format.ts'
import { Drill } from '#client/ui/links.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import { platformName } from '#client/ui/tags.tsx'
import { Ago, DateTime } from '#client/ui/time.tsx'
import type { Receiver } from '#shared/contract/deliveries.ts'
import css from './delivery.module.css'
import type { ReceiverTask } from './ReceiverDialogs.tsx'

type Props = {
  receiver: Receiver
  /** Null for those who may only look. */
  onTask: ((task: ReceiverTask) => void) | null
}

export function ReceiverPanel({ receiver, onTask }: Props) {
  const { t } = useTranslation('delivery')
  const format = useFormat()
  const { id, name, url, platforms, sources, isActive, waiting, failed, lastDeliveredAt } = receiver
  return (
    <Panel
      title={<bdi>{name}</bdi>}
      side={
        <>
          <Badge tone={isActive ? 'ok' : 'gone'}>{t(isActive ? 'receiver.on' : 'receiver.off')}</Badge>
          {onTask ? (
            <>
              <Button
                size="compact-xs"
                aria-label={`${t('receiver.rotate')} ${name}`}
                onClick={() => onTask({ kind: 'rotate', receiver })}
              >
                {t('receiver.rotate')}
              </Button>
              <Button
                size="compact-xs"
                aria-label={`${t('receiver.change')} ${name}`}
                onClick={() => onTask({ kind: 'change', receiver })}
              >
                {t('receiver.change')}
              </Button>
            </>
          ) : null}
        </>
      }
    >
      <dl className={css.facts}>
        <Fact name={t('receiver.url')}>
          <bdi dir="ltr" className="mono">
            {url}
          </bdi>
        </Fact>
        {platforms.length === 0 && sources.length === 0 ? (
          <Fact name={t('receiver.serves')}>{t('receiver.everything')}</Fact>
        ) : null}
        {platforms.length > 0 ? (
          <Fact name={t('receiver.platforms')}>{format.list(platforms.map(platformName))}</Fact>
        ) : null}
        {sources.length > 0 ? (
          <Fact name={t('receiver.sources')}>
            <span className="mono">{format.list(sources)}</span>
          </Fact>
        ) : null}
        <Fact name={t('receiver.last')}>
          {lastDeliveredAt ? <Ago at={lastDeliveredAt} /> : <span className="t3">{t('receiver.never')}</span>}
          {waiting > 0 ? (
            <>
              {' · '}
              <Drill to="/deliveries" search={{ view: 'waiting', receiver: id }}>
                {t('receiver.waiting', { count: waiting })}
              </Drill>
            </>
          ) : null}
          {failed > 0 ? (
            <>
              {' · '}
              <Drill to="/deliveries" search={{ receiver: id }}>
                <span className="bad">{t('receiver.failed', { count: failed })}</span>
              </Drill>
            </>
          ) : null}
        </Fact>
        <Fact name={t('receiver.secret')}>
          <DateTime at={receiver.secretMadeAt} />
          {receiver.oldSecretEndsAt ? (
            <span className="t2">
              {' · '}
              {t('receiver.oldSecret')} <DateTime at={receiver.oldSecretEndsAt} form="short" />
            </span>
          ) : null}
        </Fact>
      </dl>
    </Panel>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

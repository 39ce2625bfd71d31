import { ActionIcon, Button } from '@mantine/core'
import { IconArrowBackUp, IconX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorCode } from '#client/api/call.ts'
import { announce } from '#client/ui/announce.tsx'
import { Ring } from '#client/ui/Countdown.tsx'
import { useClock } from '#client/ui/clock.ts'
import { useFormat } from '#client/ui/format.ts'
import { useBox } from '#client/ui/hanging.tsx'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import type { BulkItem, BulkReply } from '#shared/contract/bulk.ts'
import type { BulkKind } from '#shared/domain/bulk-rules.ts'
import css from './bulk.module.css'
import { takeBack } from './bulk.queries.ts'
import { Effects } from './Effects.tsx'
import { useFocusBack } from './use-focus-back.ts'

type Props = { kind: BulkKind; reply: BulkReply; onClose: () => void }

/** What was done, what was refused and why, and one undo for all of it while there is time. */
export function BulkDone({ kind, reply, onClose }: Props) {
  const { t } = useTranslation('bulk')
  const format = useFormat()
  const queryClient = useQueryClient()
  const [clientId] = useState(() => crypto.randomUUID())
  const undo = useMutation({
    mutationFn: () => takeBack(reply.bulk!.id, clientId),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: ['reviews', 'counts'] }),
  })
  useFocusBack()
  const { bulk } = reply
  const end = bulk ? Date.parse(bulk.undoUntil) : 0
  const left = useClock((now) => Math.max(0, Math.ceil((end - now) / 1_000)))
  const mayUndo = bulk !== null && left > 0 && !undo.isSuccess
  const said = undo.data
    ? t('undone', { value: format.number(undo.data.done) })
    : t(`done.${kind}`, { value: format.number(reply.done) })
  const refused = undo.data ?? reply
  const refusedText =
    refused.refused > 0 ? t(undo.data ? 'stays' : 'refused', { value: format.number(refused.refused) }) : ''
  useEffect(() => announce(`${said}. ${refusedText}`), [said, refusedText])
  const press = () => mayUndo && !undo.isPending && undo.mutate()
  useKeys({ undo: press, close: onClose })
  return (
    <section className={css.bar} aria-label={t('result')}>
      {mayUndo ? <Ring of={Math.max(1, (end - Date.parse(bulk.at)) / 1_000)} left={left} /> : null}
      <b className="num">{said}</b>
      {refusedText ? <span className="warn">{refusedText}</span> : null}
      {refused.refused > 0 ? <Refused items={refused.items} /> : null}
      {undo.isError ? (
        <span className="bad" role="alert">
          {t(errorCode(undo.error) === 'too_late' ? 'undo.late' : 'undo.failed')}
        </span>
      ) : null}
      {mayUndo ? (
        <>
          <span className="num t3 hideS">{t('left', { value: format.number(left) })}</span>
          <Button
            loading={undo.isPending}
            onClick={press}
            leftSection={<IconArrowBackUp size={14} className="flip" aria-hidden />}
            rightSection={<KeyCap action="undo" />}
          >
            {t('undo')}
          </Button>
        </>
      ) : null}
      <ActionIcon aria-label={t('dismiss')} onClick={onClose}>
        <IconX size={14} />
      </ActionIcon>
    </section>
  )
}

function Refused({ items }: { items: readonly BulkItem[] }) {
  const { t } = useTranslation('bulk')
  const { target, hang } = useBox({ position: 'top', width: 340 })
  return (
    <>
      <button type="button" className={css.link} {...target}>
        {t('refused.show')}
      </button>
      {hang(<Effects items={items.filter(({ code }) => code !== null)} done="" />, t('refused.title'))}
    </>
  )
}

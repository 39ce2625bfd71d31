import { ActionIcon } from '@mantine/core'
import {
  IconAlarm,
  IconArrowBackUp,
  IconArrowUpRight,
  IconAt,
  IconHandStop,
  IconMail,
  IconMailOpened,
  IconMessageReply,
  IconUserCheck,
  IconUsers,
  IconX,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNameOf, useQueueChoices } from '#client/api/choices.ts'
import { NoteBody } from '#client/ui/notes/NoteBody.tsx'
import { LangTag, PlatformTag } from '#client/ui/tags.tsx'
import { Ago } from '#client/ui/time.tsx'
import type { InboxItem, InboxKind } from '#shared/contract/inbox.ts'
import css from './inbox.module.css'

const glyphs: Record<InboxKind, typeof IconAt> = {
  mention: IconAt,
  answer: IconMessageReply,
  escalation: IconArrowUpRight,
  returned: IconArrowBackUp,
  assignment: IconUserCheck,
  hand_over: IconHandStop,
  woken: IconAlarm,
  confirmation: IconUsers,
  proposal_refused: IconX,
}

type Props = { item: InboxItem; onMark: (isRead: boolean) => void }

/** Who did what, on which review or account, and what was said. */
export function InboxRow({ item, onMark }: Props) {
  const { t } = useTranslation('inbox')
  const nameOf = useNameOf()
  const queues = useQueueChoices()
  const { review, account } = item
  const Glyph = glyphs[item.kind]
  const what = t(`kind.${item.kind}`, { name: item.byId ? nameOf(item.byId) : t('system') })
  const queue = queues.find(({ value }) => value === review?.queueId)?.label
  const Mark = item.isRead ? IconMail : IconMailOpened
  const mark = item.isRead ? 'markUnread' : 'markRead'
  return (
    <li className={css.row} data-unread={!item.isRead || undefined}>
      <Open item={item} onOpen={() => item.isRead || onMark(true)}>
        <Glyph size={16} stroke={1.8} aria-hidden />
        <span className="grow">
          <span className="row6 wrap">
            {item.isRead ? null : <span className="vh">{t('isUnread')}: </span>}
            <span className={css.what}>{what}</span>
            <span className={`xs t3 ${css.where}`}>
              {review ? <bdi className="mono">{review.reference}</bdi> : null}
              <bdi>{account.handle}</bdi>
              <PlatformTag platform={account.platform} />
              {queue ? <span>{queue}</span> : null}
            </span>
          </span>
          {item.text ? <NoteBody body={item.text} nameOf={nameOf} isShort /> : null}
          {review?.captionExcerpt ? (
            <span className={`row4 xs t3 ${css.caption}`}>
              <LangTag code={review.language} />
              <span dir="auto" className="cut">
                {review.captionExcerpt}
              </span>
            </span>
          ) : null}
        </span>
        <span className="xs t3">
          <Ago at={item.at} />
        </span>
      </Open>
      <ActionIcon
        aria-label={t(`${mark}.of`, { what: `${what}, ${review?.reference ?? account.handle}` })}
        title={t(mark)}
        onClick={() => onMark(!item.isRead)}
      >
        <Mark size={15} aria-hidden />
      </ActionIcon>
    </li>
  )
}

type OpenProps = { item: InboxItem; onOpen: () => void; children: ReactNode }

function Open({ item: { review, account }, onOpen, children }: OpenProps) {
  if (review) {
    return (
      <Link className={css.open} to="/reviews/$reviewId" params={{ reviewId: review.id }} onClick={onOpen}>
        {children}
      </Link>
    )
  }
  return (
    <Link className={css.open} to="/accounts/$accountId" params={{ accountId: account.id }} onClick={onOpen}>
      {children}
    </Link>
  )
}

import { Button } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { DateTime } from '#client/ui/time.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import type { Snapshot } from '#shared/contract/reviews.ts'
import css from '../decision/decision.module.css'

type Props = { seen: Snapshot; now: Snapshot; onAgain: () => void }

/** The post was captured again while it was on the screen: what changed, and the way to look at it with the draft kept. */
export function SnapshotChange({ seen, now, onAgain }: Props) {
  const { t } = useTranslation('review')
  const title = useId()
  const isRead = seen.id !== now.id
  const again = () => isRead && onAgain()
  useKeys({ accept: again, enter: again })
  return (
    <section className={css.conflict} role="alert" aria-labelledby={title}>
      <div className="col">
        <b className="b" id={title}>
          {t('changed.title')}
        </b>
        <span className="sm t2">
          {t('changed.captured')} <DateTime at={now.capturedAt} form="seconds" />
        </span>
      </div>
      {isRead ? <Changes seen={seen} now={now} /> : <p className="sm t2">{t('changed.reading')}</p>}
      <p className="sm t2">{t('conflict.kept')}</p>
      <Button
        variant="filled"
        fullWidth
        h={34}
        disabled={!isRead}
        onClick={again}
        rightSection={<KeyCap action="accept" />}
      >
        {t('changed.again')}
      </Button>
    </section>
  )
}

/** What differs between two captures of a post, what was first. */
export function Changes({ seen, now }: Pick<Props, 'seen' | 'now'>) {
  const { t } = useTranslation('review')
  const { t: ui } = useTranslation('ui')
  const hashes = (snapshot: Snapshot) => snapshot.media.map((file) => file.sha256 ?? file.name)
  const added = hashes(now).filter((hash) => !hashes(seen).includes(hash)).length
  const removed = hashes(seen).filter((hash) => !hashes(now).includes(hash)).length
  const pairs = [
    ['caption', seen.caption, now.caption],
    ['place', seen.claimedPlace, now.claimedPlace],
    ['handle', seen.handle, now.handle],
    ['status', ui(`status.${seen.accountStatus}`), ui(`status.${now.accountStatus}`)],
    ['post', seen.postStatus && t(`fate.${seen.postStatus}`), now.postStatus && t(`fate.${now.postStatus}`)],
  ] as const
  const changed = pairs.filter(([, before, after]) => before !== after)
  return (
    <div className={css.changes}>
      {changed.map(([what, before, after]) => (
        <div key={what}>
          <span className="t3">{t(`changed.${what}`)}</span>
          {before ? <del dir="auto">{before}</del> : null}
          {after ? <ins dir="auto">{after}</ins> : null}
        </div>
      ))}
      {added > 0 ? <span>{t('changed.added', { count: added })}</span> : null}
      {removed > 0 ? <span>{t('changed.removed', { count: removed })}</span> : null}
      {changed.length + added + removed === 0 ? <span>{t('changed.other')}</span> : null}
    </div>
  )
}

import { Button } from '@mantine/core'
import {
  type Icon,
  IconHourglass,
  IconLink,
  IconLock,
  IconPhoto,
  IconPhotoOff,
  IconVideo,
  IconVolume,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CopyId } from '#client/ui/CopyId.tsx'
import type { SnapshotMedia } from '#shared/contract/reviews.ts'
import css from './media.module.css'

const icons = { pending: IconHourglass, failed: IconPhotoOff, unloaded: IconPhotoOff, restricted: IconLock } as const

/** Stands on the stage in place of a picture, and says why. */
export function StageNotice({ kind, onRetry }: { kind: keyof typeof icons; onRetry?: () => void }) {
  const { t } = useTranslation('review')
  const Glyph = icons[kind]
  return (
    <div className={css.notice} role="status">
      <Glyph size={20} stroke={1.6} aria-hidden />
      <b className="b">{t(`media.${kind}`)}</b>
      <span>{t(`media.${kind}.why`)}</span>
      {onRetry ? <Button onClick={onRetry}>{t('media.retry')}</Button> : null}
    </div>
  )
}

const kinds: Record<SnapshotMedia['kind'], Icon> = {
  image: IconPhoto,
  video: IconVideo,
  audio: IconVolume,
  link: IconLink,
}

/** What cannot be shown is named: kind, and the name that its sender gave it. A link is text, never pressable. */
export function NoPicture({ file }: { file: SnapshotMedia }) {
  const { t } = useTranslation('review')
  const Glyph = kinds[file.kind]
  return (
    <div className={css.notice} role="status">
      <Glyph size={20} stroke={1.6} aria-hidden />
      <b className="b">{t(`media.kind.${file.kind}`)}</b>
      {file.name ? <CopyId id={file.name} /> : null}
      <span>{t(`media.kind.${file.kind}.why`)}</span>
    </div>
  )
}

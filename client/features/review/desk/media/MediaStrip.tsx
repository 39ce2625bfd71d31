import { type Icon, IconLink, IconLock, IconPhoto, IconVideo, IconVolume } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { redactedSrc } from '#client/api/look.ts'
import { Thumb } from '#client/ui/Thumb.tsx'
import type { SnapshotMedia } from '#shared/contract/reviews.ts'
import type { Look } from '#shared/domain/redaction.ts'
import css from './media.module.css'

const glyphs: Record<SnapshotMedia['kind'], Icon> = {
  image: IconPhoto,
  video: IconVideo,
  audio: IconVolume,
  link: IconLink,
}

type Props = { media: readonly SnapshotMedia[]; at: number; onAt: (index: number) => void; look: Look }

/** All files of the post in their order. */
export function MediaStrip({ media, at, onAt, look }: Props) {
  const { t } = useTranslation('review')
  const current = useRef<HTMLButtonElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the file in view changed
  useEffect(() => void current.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), [at])
  return (
    <fieldset className={css.strip} aria-label={t('media.series')}>
      {media.map((file, index) => (
        <button
          key={file.position}
          ref={index === at ? current : null}
          type="button"
          className={css.shot}
          aria-current={index === at || undefined}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onAt(index)}
        >
          <span aria-hidden>
            <Preview file={file} look={look} />
          </span>
          <span className="vh">{t(`media.name.${file.kind}`, { n: index + 1, of: media.length })}</span>
          <span className="col xs" aria-hidden>
            <span className="b num">{index + 1}</span>
            <span className="t3 cut">{t(`media.kind.${file.kind}`)}</span>
          </span>
        </button>
      ))}
    </fieldset>
  )
}

function Preview({ file, look }: { file: SnapshotMedia; look: Look }) {
  if (file.kind === 'image' && file.sha256 && file.state === 'ready' && !file.isRestricted) {
    return <Thumb src={redactedSrc(file.sha256, 'thumbnail', look)} width={54} height={40} />
  }
  const Glyph = file.isRestricted ? IconLock : glyphs[file.kind]
  return (
    <span className={css.glyph} aria-hidden>
      <Glyph size={16} stroke={1.6} />
    </span>
  )
}

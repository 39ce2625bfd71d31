import { IconMapPin } from '@tabler/icons-react'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '#client/ui/Badge.tsx'
import { HiddenNote } from '#client/ui/caption/HiddenNote.tsx'
import { useFormat } from '#client/ui/format.ts'
import { LangTag } from '#client/ui/tags.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { ReviewDetail, Snapshot } from '#shared/contract/reviews.ts'
import { useTermKeys } from '../terms/use-term-keys.ts'
import { Capture } from './Capture.tsx'
import { Context } from './Context.tsx'
import { Fate } from './Fate.tsx'
import css from './post.module.css'
import { Line } from './translation/Line.tsx'
import { TranslationChoice, TranslationFailure } from './translation/TranslationChoice.tsx'
import { CaptionAndTranslation } from './translation/TwoTexts.tsx'
import type { Translated } from './translation/use-translated.ts'
import { useCaptionMarks } from './use-caption-marks.tsx'

type Props = {
  post: ReviewDetail['post']
  snapshot: Snapshot
  /** Index of the file on the stage: its caption is marked. */
  at: number
  /** The post has the place of the media to itself. */
  isWide?: boolean
  /** The post as it showed itself at another time, when it differs. */
  other?: Snapshot | null | undefined
  /** The account's own name for itself: what hides in it counts, too. */
  name?: string | null
  /** The search of the list it was opened from. */
  q?: string | undefined
  translated?: Translated
  ref?: Ref<HTMLElement>
}

/** The decision keeps its place: what is longer is folded. */
const folds = { narrow: { characters: 450, lines: 8 }, wide: { characters: 800, lines: 14 } }

/** Everything that somebody wrote here. */
function textsOf({ caption, media, context, handle, claimedPlace }: Snapshot) {
  const around = context.flatMap(({ author, text }) => [author, text])
  return [caption, ...media.map((file) => file.caption), ...around, handle, claimedPlace].filter(
    (text) => text !== null,
  )
}

/** What was published: words, the files' own captions, what it answered to, and what it claims. */
export function PostText({ post, snapshot, other, at, isWide = false, name = null, q, translated, ref }: Props) {
  const { t } = useTranslation('review')
  const { caption, language, media, context } = snapshot
  const marks = useCaptionMarks(caption, q)
  useTermKeys()
  return (
    <section
      className={css.post}
      data-wide={isWide || undefined}
      aria-label={t(`post.kind.${post?.kind ?? 'post'}`)}
      ref={ref}
      tabIndex={isWide ? 0 : -1}
    >
      <div className={css.head}>
        <h2>{t(`post.kind.${post?.kind ?? 'post'}`)}</h2>
        <LangTag code={language} />
        {post?.postedAt ? (
          <span className="xs t3 cut">
            <DateTime at={post.postedAt} />
          </span>
        ) : null}
        {translated ? <TranslationChoice translated={translated} /> : null}
      </div>
      {translated ? <TranslationFailure error={translated.error} /> : null}
      <Fate post={post} snapshot={snapshot} other={other} />
      {caption ? (
        <CaptionAndTranslation
          fold={isWide ? folds.wide : folds.narrow}
          text={caption}
          marks={marks}
          lang={language}
          className={css.caption}
          isWide={isWide}
          translated={translated}
        />
      ) : (
        <p className="sm t3">{t(post ? 'post.noCaption' : 'post.accountOnly')}</p>
      )}
      {media.some((file) => file.caption) ? (
        <ol className={css.captions} aria-label={t('post.captions')}>
          {media.map((file, index) => (
            <li key={file.position} data-on={index === at || undefined} hidden={!file.caption}>
              <span className="t3 num">{index + 1}</span>
              <span dir="auto" lang={language ?? undefined}>
                {file.caption ? <Line text={file.caption} part="media" index={index} translated={translated} /> : null}
              </span>
            </li>
          ))}
        </ol>
      ) : null}
      {context.length > 0 ? <Context messages={context} lang={language} translated={translated} /> : null}
      <HiddenNote of={name ? [...textsOf(snapshot), name] : textsOf(snapshot)} />
      <Claims snapshot={snapshot} />
      {isWide ? <Capture post={post} snapshot={snapshot} /> : null}
    </section>
  )
}

/** What the post says of itself: stated by the account or its platform, checked by nobody. */
function Claims({ snapshot: { claimedPlace, reach } }: Pick<Props, 'snapshot'>) {
  const { t } = useTranslation('review')
  const format = useFormat()
  if (!claimedPlace && reach === null) return null
  return (
    <div className={css.facts}>
      {claimedPlace ? (
        <Badge tone="gone" icon={IconMapPin} dashed>
          <span dir="auto">{t('post.place', { place: claimedPlace })}</span>
        </Badge>
      ) : null}
      {reach === null ? null : <span>{t('post.reach', { count: reach, n: format.number(reach) })}</span>}
    </div>
  )
}

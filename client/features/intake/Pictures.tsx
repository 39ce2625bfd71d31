import { ActionIcon, Button } from '@mantine/core'
import { IconFile, IconX } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#client/ui/format.ts'
import { dropPicture, type Picture, waitingFiles } from './flag.store.ts'
import css from './intake.module.css'
import { addPictures, picturesIn, tryAgain } from './keep-pictures.ts'

/** What was dropped, pasted or chosen: by name only, since nothing is shown without being asked for. */
export function Pictures({ pictures, error }: { pictures: readonly Picture[]; error: string | null }) {
  const { t } = useTranslation('intake')
  const input = useRef<HTMLInputElement>(null)
  return (
    <fieldset className={`${css.wide} ${css.pictures}`}>
      <legend className={css.legend}>{t('flag.pictures')}</legend>
      <p className={`sm t2 ${css.drop}`}>
        {t('flag.pictures.drop')}{' '}
        <Button size="compact-sm" data-problem="pictures" onClick={() => input.current?.click()}>
          {t('flag.pictures.choose')}
        </Button>
      </p>
      <input
        ref={input}
        hidden
        type="file"
        accept="image/*,video/*"
        multiple
        aria-label={t('flag.pictures')}
        onChange={(event) => {
          addPictures(picturesIn(event.currentTarget.files ?? []))
          event.currentTarget.value = ''
        }}
      />
      {pictures.length > 0 ? (
        <ul className={css.files} aria-label={t('flag.pictures')}>
          {pictures.map((picture) => (
            <FileLine key={picture.key} picture={picture} />
          ))}
        </ul>
      ) : null}
      <p className="xs t3">{t('flag.pictures.hidden')}</p>
      {error ? (
        <p className="xs bad" role="alert">
          {error}
        </p>
      ) : null}
    </fieldset>
  )
}

function FileLine({ picture }: { picture: Picture }) {
  const { t } = useTranslation('intake')
  const format = useFormat()
  const { name, size, state, refusal } = picture
  const isLost = state === 'failed' && refusal === null && waitingFiles.has(picture.key)
  return (
    <li className="row">
      <IconFile size={15} stroke={1.6} aria-hidden />
      <bdi className="cut">{name}</bdi>
      <span className={`xs t3 num ${css.size}`}>{format.number(Math.max(1, Math.round(size / 1_000)))} kB</span>
      <span className={`xs push ${state === 'failed' ? 'bad' : 't2'}`} role="status">
        {refusal === null ? t(`flag.picture.${state}`) : t('flag.picture.refused', { reason: refusal })}
      </span>
      {isLost ? (
        <Button size="compact-xs" onClick={() => tryAgain(picture)}>
          {t('flag.picture.again')}
        </Button>
      ) : null}
      <ActionIcon aria-label={t('flag.picture.remove', { name })} onClick={() => dropPicture(picture.key)}>
        <IconX size={14} aria-hidden />
      </ActionIcon>
    </li>
  )
}

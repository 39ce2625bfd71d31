import { Menu } from '@mantine/core'
import { IconLock, IconLockOpen, IconUrgent } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { KeyCap } from '#client/ui/Kbd.tsx'
import type { ReviewRow, SnapshotMedia } from '#shared/contract/reviews.ts'
import type { Mark } from './RestrictForm.tsx'

type Props = {
  review: ReviewRow
  file: SnapshotMedia | undefined
  seesRestricted: boolean
  onThreat: (() => void) | null
  onMark: ((mark: Mark) => void) | null
}

/** The entries of the menu. Marks are taken away by those who still see what is marked. */
export function SafetyChoice({ review, file, seesRestricted, onThreat, onMark }: Props) {
  const { t } = useTranslation('safety')
  const sha256 = file?.sha256
  const isFileMarked = file?.isRestricted ?? false
  return (
    <>
      {onThreat ? (
        <Menu.Item
          leftSection={<IconUrgent size={14} aria-hidden />}
          rightSection={<KeyCap action="threat" />}
          closeMenuOnClick
          onClick={onThreat}
        >
          {t('threat.action')}
        </Menu.Item>
      ) : null}
      {onMark ? (
        <>
          {sha256 && !isFileMarked ? (
            <Entry onClick={() => onMark({ of: 'media', sha256, isRestricted: true })} words="restrict.media" />
          ) : null}
          {review.isRestricted ? null : (
            <Entry onClick={() => onMark({ of: 'review', isRestricted: true })} words="restrict.review" />
          )}
          {seesRestricted && sha256 && isFileMarked ? (
            <Entry onClick={() => onMark({ of: 'media', sha256, isRestricted: false })} words="unrestrict.media" />
          ) : null}
          {seesRestricted && review.isRestricted ? (
            <Entry onClick={() => onMark({ of: 'review', isRestricted: false })} words="unrestrict.review" />
          ) : null}
        </>
      ) : null}
    </>
  )
}

type EntryProps = {
  words: 'restrict.media' | 'restrict.review' | 'unrestrict.media' | 'unrestrict.review'
  onClick: () => void
}

function Entry({ words, onClick }: EntryProps) {
  const { t } = useTranslation('safety')
  const Glyph = words.startsWith('un') ? IconLockOpen : IconLock
  return (
    <Menu.Item leftSection={<Glyph size={14} aria-hidden />} closeMenuOnClick onClick={onClick}>
      {t(words)}
    </Menu.Item>
  )
}

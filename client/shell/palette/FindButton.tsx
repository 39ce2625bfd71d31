import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { KeyCap } from '#client/ui/Kbd.tsx'
import css from '../TopBar.module.css'

/** Opens the palette: a field's worth of room where no page has put its own search, a sign elsewhere, named by its title. */
export function FindButton({ onFind }: { onFind: () => void }) {
  const { t } = useTranslation('shell')
  return (
    <div className={css.find}>
      <button type="button" title={t('does.palette')} onClick={onFind}>
        <IconSearch size={15} aria-hidden />
        <span>{t('find')}</span>
        <KeyCap action="palette" />
      </button>
    </div>
  )
}

import { PasswordInput, type PasswordInputProps, TextInput, type TextInputProps } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import css from './Entry.module.css'

/** A field of the forms one sees before being signed in. */
export function TextField(props: TextInputProps) {
  return <TextInput size="sm" classNames={{ input: css.box }} {...props} />
}

/** A password that can be looked at while it is typed. */
export function PasswordField(props: PasswordInputProps) {
  const { t } = useTranslation('team')
  const [isVisible, setVisible] = useState(false)
  return (
    <PasswordInput
      label={t('field.password')}
      name="password"
      size="sm"
      classNames={{ input: css.box }}
      aria-invalid={props.error ? true : undefined}
      visible={isVisible}
      onVisibilityChange={setVisible}
      visibilityToggleButtonProps={{
        'aria-label': t(isVisible ? 'password.hide' : 'password.show'),
        'aria-hidden': undefined,
        tabIndex: 0,
      }}
      {...props}
    />
  )
}

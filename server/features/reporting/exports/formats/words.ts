import type { ExportKind } from '#shared/contract/exports.ts'
import type { Language } from '#shared/contract/preferences.ts'

/** What stands on covers and printed pages. Names of columns are English everywhere: programs read them. */
export type CoverWords = {
  kinds: Record<ExportKind, string>
  period: string
  timeZone: string
  asOf: string
  closed: string
  seq: string
  rows: string
  sheets: string
  rowsSha256: string
  filters: string
  noFilters: string
  leftOut: string
  /** By code. */
  left: Record<string, string>
  cut: string
}

export const coverWords: Record<Language, CoverWords> = {
  en: {
    kinds: {
      reviews: 'Reviews',
      decisions: 'Decisions',
      accounts: 'Accounts',
      flags: 'Flags',
      appeals: 'Appeals',
      events: 'Audit log',
      report: 'Report',
    },
    period: 'Period',
    timeZone: 'Time zone of the period',
    asOf: 'As of (UTC)',
    closed: 'the end of a closed period',
    seq: 'Up to entry of the log (seq)',
    rows: 'Rows',
    sheets: 'Sheets',
    rowsSha256: 'SHA-256 of the rows as JSON lines',
    filters: 'Filters',
    noFilters: 'None',
    leftOut: 'Left out',
    left: {
      restricted: 'What is restricted',
      other_queues: 'Queues that the person who made this does not see',
      reporters: 'Names of reporters',
      changeable: 'Columns that may still change after the period',
    },
    cut: 'Cells that were cut (sheet, row, column, characters)',
  },
  ru: {
    kinds: {
      reviews: 'Проверки',
      decisions: 'Решения',
      accounts: 'Аккаунты',
      flags: 'Жалобы',
      appeals: 'Апелляции',
      events: 'Журнал',
      report: 'Отчёт',
    },
    period: 'Период',
    timeZone: 'Часовой пояс периода',
    asOf: 'По состоянию на (UTC)',
    closed: 'конец закрытого периода',
    seq: 'До записи журнала (seq)',
    rows: 'Строк',
    sheets: 'Листов',
    rowsSha256: 'SHA-256 строк в виде JSON lines',
    filters: 'Фильтры',
    noFilters: 'Нет',
    leftOut: 'Не включено',
    left: {
      restricted: 'Материалы с ограниченным доступом',
      other_queues: 'Очереди, которых не видит тот, кто сделал выгрузку',
      reporters: 'Имена заявителей',
      changeable: 'Столбцы, которые ещё могут измениться после периода',
    },
    cut: 'Обрезанные ячейки (лист, строка, столбец, знаков)',
  },
  kk: {
    kinds: {
      reviews: 'Тексерулер',
      decisions: 'Шешімдер',
      accounts: 'Аккаунттар',
      flags: 'Шағымдар',
      appeals: 'Апелляциялар',
      events: 'Журнал',
      report: 'Есеп',
    },
    period: 'Кезең',
    timeZone: 'Кезеңнің уақыт белдеуі',
    asOf: 'Мына сәттегі күйі (UTC)',
    closed: 'жабық кезеңнің соңы',
    seq: 'Журналдың мына жазбасына дейін (seq)',
    rows: 'Жолдар',
    sheets: 'Парақтар',
    rowsSha256: 'JSON lines түріндегі жолдардың SHA-256 мәні',
    filters: 'Сүзгілер',
    noFilters: 'Жоқ',
    leftOut: 'Енгізілмеді',
    left: {
      restricted: 'Қолжетімділігі шектеулі материалдар',
      other_queues: 'Экспортты жасаған адам көрмейтін кезектер',
      reporters: 'Шағымданушылардың аттары',
      changeable: 'Кезеңнен кейін әлі өзгеруі мүмкін бағандар',
    },
    cut: 'Қысқартылған ұяшықтар (парақ, жол, баған, таңба)',
  },
  ar: {
    kinds: {
      reviews: 'المراجعات',
      decisions: 'القرارات',
      accounts: 'الحسابات',
      flags: 'البلاغات',
      appeals: 'الطعون',
      events: 'سجل التدقيق',
      report: 'تقرير',
    },
    period: 'الفترة',
    timeZone: 'المنطقة الزمنية للفترة',
    asOf: 'الحالة في (UTC)',
    closed: 'نهاية فترة مغلقة',
    seq: 'حتى القيد في السجل (seq)',
    rows: 'الصفوف',
    sheets: 'الأوراق',
    rowsSha256: 'قيمة SHA-256 للصفوف بصيغة JSON lines',
    filters: 'المرشحات',
    noFilters: 'لا يوجد',
    leftOut: 'غير مشمول',
    left: {
      restricted: 'المواد المقيدة',
      other_queues: 'قوائم لا يراها من أعد هذا الملف',
      reporters: 'أسماء المبلّغين',
      changeable: 'أعمدة قد تتغير بعد الفترة',
    },
    cut: 'خلايا تم قصها (الورقة، الصف، العمود، عدد المحارف)',
  },
}

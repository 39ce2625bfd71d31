/** Words that all lists share. */
export const list = {
  filterBy: 'ترشيح حسب',
  sort: 'الترتيب',
  shown: 'معروض {{from}} إلى {{to}}',
  more: 'تحميل المزيد',
  loading: 'جارٍ التحميل',
  updated: 'حُدّث {{time}}',
  moreFailed: 'لم تُحمّل الصفوف التالية.',
  kept: 'لم يتغير شيء.',
  yes: 'نعم',
  no: 'لا',
  clear: 'مسح المرشحات',
  'sort.newest': 'الأحدث أولا',
  'sort.oldest': 'الأقدم أولا',
} as const

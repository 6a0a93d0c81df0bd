/** Keys of the commands around the engine, as the default preset has them. */
export const PAGE_KEYS: Readonly<Record<string, readonly string[]>> = {
  'task.submit': ['Mod+Enter'],
  'task.previous': ['Mod+Shift+Enter'],
  'object.answer': ['Enter'],
  'object.relate': ['Y'],
  'task.ask': ['Q'],
  'page.comment': ['K'],
  'review.send-back': ['Mod+Backspace'],
  'review.differences': ['Shift+D'],
  'page.palette': ['Mod+K'],
  'page.shortcuts': ['?'],
  'page.instructions': ['F1'],
  'page.history': ['Mod+Shift+H'],
  'page.beside': ['F2'],
  'page.panels': ['\\'],
  'page.next-region': ['F6'],
  'page.previous-region': ['Shift+F6'],
}

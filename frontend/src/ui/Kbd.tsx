import './overlay.css'

/** Keys as they stand on the keyboard: "Ctrl+Enter" becomes two caps. */
export function Kbd({ children }: { children: string }) {
  return (
    <span className="kbd">
      {children.split('+').map((key) => (
        <kbd className="kbd__key" key={key}>
          {key}
        </kbd>
      ))}
    </span>
  )
}

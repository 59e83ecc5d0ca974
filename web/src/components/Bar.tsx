/** A share of a whole, as a bar and in words. It turns to warning and to alarm at the two marks. */
export function Bar(props: {
  label: string;
  used: number;
  total: number;
  words: string;
  warnAt?: number;
  alarmAt?: number;
}) {
  const share = props.total > 0 ? Math.min(1, Math.max(0, props.used / props.total)) : 0;
  const percent = Math.round(share * 100);
  const tone =
    share >= (props.alarmAt ?? 0.95) ? "bad" : share >= (props.warnAt ?? 0.85) ? "warn" : "good";
  return (
    <div className="bar-block">
      <div className="bar-words">
        <span>{props.words}</span>
        <span className="bar-percent">{percent} % used</span>
      </div>
      <div
        className="bar"
        role="meter"
        aria-label={props.label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={`${props.words}, ${percent} % used`}
      >
        <div className={`bar-fill bar-${tone}`} style={{ inlineSize: `${share * 100}%` }} />
      </div>
    </div>
  );
}

/// Durations as people type them.
public enum WrittenDuration {
  /// Milliseconds of `90`, `90s`, `15m`, `2h`, `30d`; nothing if it is none of these or not positive.
  public static func milliseconds(of text: String) -> Int64? {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
    var number = Substring(text)
    var factor = 1.0
    if let last = number.last, let unit = units[last] {
      factor = unit
      number = number.dropLast()
    }
    guard let value = Double(number), value > 0, value * factor < 1e11 else { return nil }
    return Int64(value * factor * 1000)
  }
}

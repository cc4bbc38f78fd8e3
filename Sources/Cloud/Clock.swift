import Foundation
import Synchronization
import Wire

/// The cloud's time: the machine's, moved and scaled as its user likes.
///
/// Nobody else reads the system clock, so time can be moved forward a year and every timeout of every service follows.
/// State: one ``ClockSetting`` in a `Mutex` with a small critical section.
public final class CloudClock: Sendable {
  /// How the cloud's time follows the machine's.
  public struct Setting: Sendable, Codable, Equatable {
    /// Cloud time in milliseconds since 1970 at the machine's time `anchor`.
    var cloud: Double
    var anchor: Double
    /// Cloud seconds for each of the machine's seconds; 0 stands still.
    public var scale: Double
    /// Whether time jumps to the next deadline when nothing else can happen.
    public var isAutomatic: Bool
    /// What was set as ``graceSeconds``.
    var grace: Double?

    /// For how many of the machine's seconds without any request automatic time stands still while somebody has a task in
    /// hand, or one waits for somebody.
    public var graceSeconds: Double { grace ?? 2 }
  }

  private let setting: Mutex<Setting>
  private let changed: Mutex<[@Sendable () -> Void]> = Mutex([])

  /// A clock that shows the machine's time, or goes on from a stored setting.
  public init(_ stored: Setting? = nil) {
    let now = CloudClock.machineTime()
    setting = Mutex(stored ?? Setting(cloud: now, anchor: now, scale: 1, isAutomatic: false))
  }

  /// The machine's time in milliseconds since 1970.
  private static func machineTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
  }

  /// The machine's time now: only for the dates of signatures, which clients take from machines of their own.
  public static var machineNow: Timestamp { Timestamp(milliseconds: Int64(machineTime())) }

  /// The cloud's time now.
  public var now: Timestamp {
    let machine = CloudClock.machineTime()
    let value = setting.withLock { $0.cloud + (machine - $0.anchor) * $0.scale }
    return Timestamp(milliseconds: Int64(value))
  }

  /// The present setting, to be stored or shown.
  public var current: Setting { setting.withLock { $0 } }

  /// Moves the clock forward by `milliseconds`; a negative value does nothing, for deadlines cannot be undone.
  public func advance(milliseconds: Int64) {
    guard milliseconds > 0 else { return }
    change { $0.cloud += Double(milliseconds) }
  }

  /// Moves the clock forward to `time`, if that is later than now.
  public func advance(to time: Timestamp) {
    change { $0.cloud = max($0.cloud, Double(time.milliseconds)) }
  }

  /// Sets the clock to `time`, forward or back.
  public func set(to time: Timestamp) { change { $0.cloud = Double(time.milliseconds) } }

  /// Sets how fast time runs; negative values count as 0.
  public func setScale(_ scale: Double) { change { $0.scale = max(0, scale) } }

  /// Turns the jump to the next deadline on or off.
  public func setAutomatic(_ isAutomatic: Bool) { change { $0.isAutomatic = isAutomatic } }

  /// Sets for how many of the machine's seconds automatic time waits for those who have tasks in hand.
  public func setGrace(_ seconds: Double) { change { $0.grace = max(0, seconds) } }

  /// Goes on from a stored setting, as when a snapshot is loaded.
  public func restore(_ stored: Setting) { change { $0 = stored } }

  /// Calls `body` after every change of the setting.
  public func onChange(_ body: @escaping @Sendable () -> Void) { changed.withLock { $0.append(body) } }

  /// The machine's seconds until the cloud's clock shows `time`; nothing if it never will at the present scale.
  func machineSeconds(until time: Timestamp) -> Double? {
    let machine = CloudClock.machineTime()
    return setting.withLock { setting in
      let left = Double(time.milliseconds) - (setting.cloud + (machine - setting.anchor) * setting.scale)
      if left <= 0 { return 0 }
      return setting.scale > 0 ? left / setting.scale / 1000 : nil
    }
  }

  private func change(_ body: (inout Setting) -> Void) {
    let machine = CloudClock.machineTime()
    setting.withLock { setting in
      setting.cloud += (machine - setting.anchor) * setting.scale
      setting.anchor = machine
      body(&setting)
    }
    for body in changed.withLock({ $0 }) { body() }
  }
}

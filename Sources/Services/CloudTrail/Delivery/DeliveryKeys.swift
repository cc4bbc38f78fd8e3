import Cloud
import Wire

/// The keys under which log and digest files arrive in a trail's bucket.
///
/// AWS: CloudTrail user guide, "Finding your CloudTrail log files", "CloudTrail digest file structure".
enum DeliveryKeys {
  /// `[prefix/]AWSLogs/[o-id/]<account>`.
  static func folder(_ trail: TrailRecord, account: AccountID) -> String {
    (trail.prefix.map { $0 + "/" } ?? "") + "AWSLogs/" + (trail.organization.map { $0 + "/" } ?? "") + account.rawValue
  }

  /// - Parameter unique: sixteen letters and digits.
  static func log(
    _ trail: TrailRecord, account: AccountID, region: String, at time: Timestamp, unique: String
  ) -> String {
    let parts = Parts(time)
    return "\(folder(trail, account: account))/CloudTrail/\(region)/\(parts.folder)/"
      + "\(account)_CloudTrail_\(region)_\(parts.day)T\(parts.hour)\(parts.minute)Z_\(unique).json.gz"
  }

  static func digest(_ trail: TrailRecord, account: AccountID, region: String, end: Timestamp) -> String {
    let parts = Parts(end)
    return "\(folder(trail, account: account))/CloudTrail-Digest/\(region)/\(parts.folder)/"
      + "\(account)_CloudTrail-Digest_\(region)_\(trail.name)_\(trail.region)_"
      + "\(parts.day)T\(parts.hour)\(parts.minute)\(parts.second)Z.json.gz"
  }

  /// Keys that stand for all that a trail will write, to ask beforehand whether it may.
  ///
  /// AWS: CloudTrail user guide, "Creating a trail for an organization": the bucket's policy must let it write below the
  /// organization's id, and below the account that owns the trail, too.
  static func probes(of trail: TrailRecord) -> [String] {
    let prefix = trail.prefix.map { $0 + "/" } ?? ""
    var keys = ["\(prefix)AWSLogs/\(trail.account)/CloudTrail"]
    if let organization = trail.organization {
      keys.append("\(prefix)AWSLogs/\(organization)/\(trail.account)/CloudTrail")
    }
    return keys
  }

  /// A moment's parts, of two digits each.
  private struct Parts {
    let folder: String
    let day: String
    let hour: String
    let minute: String
    let second: String

    init(_ time: Timestamp) {
      let parts = time.components
      func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
      folder = "\(parts.year)/\(two(parts.month))/\(two(parts.day))"
      day = "\(parts.year)\(two(parts.month))\(two(parts.day))"
      hour = two(parts.hour)
      minute = two(parts.minute)
      second = two(parts.second)
    }
  }
}

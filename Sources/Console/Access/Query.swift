import Cloud
import Foundation
import Wire

/// The parameters of a page's address, and what they name.
struct Query: Sendable {
  private let values: [String: String]

  init(_ text: String) {
    var values: [String: String] = [:]
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let plain = parts.map { String($0).replacing("+", with: " ").removingPercentEncoding ?? "" }
      if let name = plain.first { values[name] = plain.count > 1 ? plain[1] : "" }
    }
    self.values = values
  }

  /// A parameter's value.
  func optional(_ name: String) -> String? { values[name] }

  /// - Throws: `MissingParameter` if it isn't there or is empty.
  func required(_ name: String) throws(AWSError) -> String {
    guard let value = values[name], !value.isEmpty else {
      throw AWSError("MissingParameter", "The address must have the parameter \(name).", status: 400)
    }
    return value
  }

  /// A number that isn't negative; `fallback` if it isn't there.
  func count(_ name: String, default fallback: Int) -> Int {
    values[name].flatMap { Int($0) }.map { max(0, $0) } ?? fallback
  }

  /// The account and Region that the page is about.
  func scope() throws(AWSError) -> (account: AccountID, region: Region) {
    try Query.scope(account: values["account"], region: values["region"])
  }

  /// - Throws: `InvalidParameterValue` for what is no account or Region.
  static func scope(account: String?, region: String?) throws(AWSError) -> (account: AccountID, region: Region) {
    guard let account = account.flatMap({ AccountID($0) }) else {
      throw AWSError("InvalidParameterValue", "An account is twelve digits.", status: 400)
    }
    guard let region = Region(region ?? Region.usEast1.rawValue) else {
      throw AWSError("InvalidParameterValue", "A Region is a name like us-east-1.", status: 400)
    }
    return (account, region)
  }
}

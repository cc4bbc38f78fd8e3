/// What stands in policies of a seed for ids that every organization draws anew: without it, a policy with a condition on
/// `aws:PrincipalOrgID` or on a path would still be about the organization that it was copied from.
///
/// `<management>`, `<organization>`, `<root>`, `<unit Workloads/Production>`.
public enum SeedMarks {
  static let management = "<management>"
  static let organization = "<organization>"
  static let root = "<root>"
  static let unit = "<unit "

  /// A text with marks in place of an organization's ids; the management account's number is no such id.
  static func marking(_ text: String, of model: OrganizationModel) -> String {
    var text = replacing(model.id, by: organization, in: text)
    text = replacing(model.root, by: root, in: text)
    for unit in model.units {
      text = replacing(unit.id, by: "\(Self.unit)\(model.path(ofUnit: unit))>", in: text)
    }
    return text
  }

  /// A text with an organization's ids in place of marks.
  /// - Throws: if a unit is named that isn't there.
  public static func filling(_ text: String, from model: OrganizationModel) throws(SeedProblem) -> String {
    guard text.contains("<") else { return text }
    var text = text.replacing(management, with: model.managementAccount)
    text = text.replacing(organization, with: model.id).replacing(root, with: model.root)
    while let start = text.firstRange(of: unit), let end = text[start.upperBound...].firstIndex(of: ">") {
      let path = text[start.upperBound..<end]
      guard let unit = model.units.first(where: { model.path(ofUnit: $0) == path }) else {
        throw SeedProblem("<unit \(path)>: there is no unit \(path)")
      }
      text.replaceSubrange(start.lowerBound...end, with: unit.id)
    }
    return text
  }

  /// Replaces an id where it is no part of a longer word.
  private static func replacing(_ id: String, by mark: String, in text: String) -> String {
    var out = ""
    var rest = text[...]
    while let found = rest.firstRange(of: id) {
      let before = found.lowerBound == text.startIndex ? nil : text[text.index(before: found.lowerBound)]
      let after = found.upperBound == text.endIndex ? nil : text[found.upperBound]
      let isWhole = [before, after].allSatisfy { !($0.map { $0.isLetter || $0.isNumber } ?? false) }
      out += rest[..<found.lowerBound] + (isWhole ? mark[...] : text[found])
      rest = rest[found.upperBound...]
    }
    return out + rest
  }
}

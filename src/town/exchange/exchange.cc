#include "town/exchange/exchange.h"

#include "town/exchange/inside.h"

namespace sonae::exchange {

Exchange::Exchange(town::Town& town, access::Access& access, registry::Registry& registry,
                   matching::Matching& matching, inquiry::Inquiries& inquiries)
    : inside_(new Inside{
          town, access, registry, matching, inquiries,
          inquiry::Disclosure::open(town.env(), town.places().data, town.directory() + "/tables")}) {
  town.journal().listen([touched = inside_->touched](std::span<const journal::Subject> subjects) {
    for (const journal::Subject& subject : subjects) {
      if (subject.kind == "entry") touched->entries = true;
      if (subject.kind == "resident") touched->residents = true;
    }
  });
}
Exchange::~Exchange() = default;

void Exchange::add_operations(api::Catalogue& catalogue) {
  using api::Call;
  using api::FileAnswer;
  using api::Nothing;
  using enum api::Permission;
  const auto done = [](const Status& status) -> Result<Nothing> {
    if (!status) return std::unexpected(status.error());
    return Nothing{};
  };
  catalogue.add(api::operation<ImportRequest, ImportReport>(
                    "exchange.import", {"PFIF の取り込み", "Import a file of PFIF"}, decide_matches,
                    [this](Call& call, const ImportRequest& request) { return import(call, request); })
                    .taking_file()
                    .long_running());
  catalogue.add(
      api::operation<ExportRequest, FileAnswer>(
          "exchange.export", {"PFIF の書き出し", "Export records as PFIF"}, export_people,
          [this](Call& call, const ExportRequest& request) { return export_records(call, request); })
          .giving_file());
  catalogue.add(api::operation<ImportRequest, ImportReport>(
                    "exchange.import_anpi",
                    {"安否情報（様式第1号）の取り込み", "Import safety information (CSV)"}, decide_matches,
                    [this](Call& call, const ImportRequest& request) { return import_anpi(call, request); })
                    .taking_file());
  catalogue.add(
      api::operation<AnpiExportRequest, FileAnswer>(
          "exchange.export_anpi", {"安否情報（様式）の書き出し", "Export safety information (CSV)"},
          export_people,
          [this](Call& call, const AnpiExportRequest& request) { return export_anpi(call, request); })
          .giving_file());
  catalogue.add(api::operation<Nothing, Overview>(
                    "exchange.overview", {"情報連携のいま", "Exchange at a glance"}, see_people,
                    [this](Call& call, const Nothing&) { return overview(call); })
                    .openly());
  catalogue.add(api::operation<RecordsRequest, ReceivedList>(
      "exchange.records", {"外部からの記録", "Records from elsewhere"}, decide_matches,
      [this](Call& call, const RecordsRequest& request) { return records(call, request); }));
  catalogue.add(api::operation<TieRequest, Recorded>(
                    "exchange.tie", {"記録を住民に結び付ける", "Tie a record to a resident"}, decide_matches,
                    [this](Call& call, const TieRequest& request) { return tie(call, request); })
                    .writing());
  catalogue.add(api::operation<UntieRequest, Recorded>(
                    "exchange.untie", {"結び付けの取り消し", "Take a tie back"}, decide_matches,
                    [this](Call& call, const UntieRequest& request) { return untie(call, request); })
                    .writing());
  catalogue.add(api::operation<Nothing, UpkeepReport>(
                    "exchange.upkeep", {"期限切れの消去と公開の更新", "Erase what expired, publish anew"},
                    maintain, [this](Call& call, const Nothing&) { return upkeep(call.progress); })
                    .writing());

  catalogue.add(api::operation<Nothing, PartnerList>(
                    "exchange.partners", {"連携先の一覧", "List the partners"}, administer,
                    [this](Call& call, const Nothing&) { return partners(call); })
                    .openly());
  catalogue.add(api::operation<EnrolRequest, EnrolAnswer>(
                    "exchange.enrol_partner", {"連携先の登録", "Enrol a partner"}, administer,
                    [this](Call& call, const EnrolRequest& request) { return enrol(call, request); })
                    .writing());
  catalogue.add(api::operation<PartnerRequest, EnrolAnswer>(
                    "exchange.renew_key", {"連携先の鍵の再発行", "Give a partner a new key"}, administer,
                    [this](Call& call, const PartnerRequest& request) { return renew_key(call, request); })
                    .writing());
  catalogue.add(
      api::operation<PartnerRequest, Nothing>(
          "exchange.revoke_partner", {"連携先の取り消し", "Revoke a partner"}, administer,
          [this, done](Call& call, const PartnerRequest& request) { return done(revoke(call, request)); })
          .writing());
  catalogue.add(
      api::operation<ReachRequest, Nothing>(
          "exchange.reach_town", {"相手の町の接続先", "Where another town answers"}, administer,
          [this, done](Call& call, const ReachRequest& request) { return done(reach_town(call, request)); })
          .writing());

  // With a partner's key instead of a session.
  catalogue.add(api::operation<FeedRequest, FileAnswer>(
                    "exchange.feed", {"PFIF のフィード", "The feed of PFIF"}, none,
                    [this](Call& call, const FeedRequest& request) { return feed(call, request); })
                    .giving_file());
  catalogue.add(api::operation<ReadRequest, FileAnswer>(
                    "exchange.read", {"PFIF の記録を読む", "Read a record of PFIF"}, none,
                    [this](Call& call, const ReadRequest& request) { return read(call, request); })
                    .giving_file());
  catalogue.add(api::operation<SearchRequest, FileAnswer>(
                    "exchange.search", {"PFIF の記録を探す", "Search the records of PFIF"}, none,
                    [this](Call& call, const SearchRequest& request) { return search(call, request); })
                    .giving_file());
  catalogue.add(api::operation<WriteRequest, ImportReport>(
                    "exchange.write", {"PFIF の記録を書く", "Write records of PFIF"}, none,
                    [this](Call& call, const WriteRequest& request) { return write(call, request); })
                    .taking_file());
  catalogue.add(
      api::operation<AskAsTownRequest, AskAsTownAnswer>(
          "exchange.ask_as_town", {"他の町からの照会", "Asked by another town"}, none,
          [this](Call& call, const AskAsTownRequest& request) { return ask_as_town(call, request); })
          .writing());

  catalogue.add(api::operation<AskTownsRequest, AskTownsAnswer>(
                    "exchange.ask_towns", {"他の町に尋ねる", "Ask the other towns"}, see_people,
                    [this](Call& call, const AskTownsRequest& request) { return ask_towns(call, request); })
                    .writing());
}

}  // namespace sonae::exchange

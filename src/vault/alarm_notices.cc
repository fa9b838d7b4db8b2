#include "vault/alarm_notices.h"

#include <algorithm>

#include "town/notice/outgoing.h"
#include "vault/backup_state.h"
#include "vault/plan.h"

namespace sonae::vault {

namespace {

std::string key_of(const Alarm& alarm) {
  return std::string(boost::describe::enum_to_string(alarm.kind, "")) + " " + alarm.target;
}

notice::Due mail_of(const std::string& town, const std::vector<const Alarm*>& alarms) {
  notice::Due due;
  due.about = "backup";
  due.subject_ja = "【" + town + " Sonae】控えの警報";
  due.subject_en = "[" + town + " Sonae] backups need attention";
  for (const Alarm* const alarm : alarms) {
    due.text_ja += "・" + alarm->what.japanese + "\n　" + alarm->what_to_do.japanese + "\n";
    due.text_en += "- " + alarm->what.english + "\n  " + alarm->what_to_do.english + "\n";
  }
  due.text_ja += "\n画面の「バックアップ」で様子を確かめてください。\n";
  due.text_en += "\nSee the page \"Backups\".\n";
  return due;
}

}  // namespace

void AlarmNotices::tell(const std::vector<Alarm>& alarms) {
  const std::lock_guard lock(mutex_);
  Env& env = town_.env();
  const auto plan = read_plan(env, town_.directory());
  const auto state = read_backup_state(env, town_.directory());
  if (!plan || !state || plan->tell.empty()) return;
  std::vector<const Alarm*> arisen;
  std::vector<std::string> standing;
  for (const Alarm& alarm : alarms) {
    if (!alarm.grave) continue;
    standing.push_back(key_of(alarm));
    if (std::ranges::find(state->told, standing.back()) == state->told.end()) arisen.push_back(&alarm);
  }
  if (!arisen.empty()) {
    journal::Batch batch;
    for (const std::string& address : plan->tell) {
      notice::Due due = mail_of(town_.profile().name, arisen);
      due.notice = env.random.id<notice::NoticeId>();
      due.to = {notice::Channel::mail, address};
      batch.drafts.push_back(notice::draft_of(due, GrantId{}));
    }
    if (!town_.journal().append(std::move(batch))) return;  // tried again at the next look
  }
  if (standing != state->told)
    static_cast<void>(
        change_backup_state(env, town_.directory(), [&](BackupState& changed) { changed.told = standing; }));
}

}  // namespace sonae::vault
